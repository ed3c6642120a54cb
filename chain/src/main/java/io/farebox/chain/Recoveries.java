package io.farebox.chain;

import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Supplier;

/** Chooses how signatures are checked on this system. */
final class Recoveries {
    private static final HexFormat HEX = HexFormat.of();

    private Recoveries() {}

    /** The faster one that works here. Loaded and tried once per JVM, so that its warning is written once. */
    static EcdsaRecovery best() {
        return Best.RECOVERY;
    }

    private static final class Best {
        static final EcdsaRecovery RECOVERY = choose(NativeRecovery::new, System.getLogger("io.farebox.chain"));
    }

    /** The native one if it loads and knows the right answer to a known question, otherwise BouncyCastle's. */
    static EcdsaRecovery choose(Supplier<EcdsaRecovery> nativeLoader, System.Logger log) {
        String fault = "it gave a wrong answer";
        try {
            EcdsaRecovery loaded = nativeLoader.get();
            if (knowsAnswer(loaded)) return loaded;
        } catch (RuntimeException | LinkageError e) {
            fault = e.getClass().getSimpleName();
        }
        log.log(
                Level.WARNING,
                "The native library libsecp256k1 does not work here ({0}). Payments are checked by BouncyCastle instead: "
                        + "as strictly, but about three times slower. To mend it, run on Linux x86-64 or arm64 with glibc and "
                        + "let java.io.tmpdir be a folder where libraries may be loaded from.",
                fault);
        return new BouncyCastleRecovery();
    }

    /** A signature by the first of the published test keys of local EVM chains. */
    private static boolean knowsAnswer(EcdsaRecovery recovery) {
        byte[] digest = HEX.parseHex("0d3b8e462a4f979749fd3697d825e2e03a947fd667e6f63e846654c1b23b67e7");
        byte[] compact = HEX.parseHex("2bd3a9a7c02a0b0d015c31ee446b8ed1e7ce030255b8f1f2437b61661d044918"
                + "55ba02aeb69630cffa6ca691f3d21f858bfc1480c9bafe03f8e50fc40ad26ab8");
        byte[] signer = HEX.parseHex("f39fd6e51aad88f6f4ce6ab8827279cfffb92266");
        return Arrays.equals(signer, recovery.signer(digest, new EvmSignature.Plain(compact, 0)));
    }
}
