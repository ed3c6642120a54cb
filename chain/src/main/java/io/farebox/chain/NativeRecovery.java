package io.farebox.chain;

import fr.acinq.secp256k1.Secp256k1;
import fr.acinq.secp256k1.Secp256k1Exception;
import org.jspecify.annotations.Nullable;

/** Recovery by libsecp256k1. */
final class NativeRecovery implements EcdsaRecovery {
    private final Secp256k1 library;

    /** @throws RuntimeException or a LinkageError if there is no native library for this system */
    NativeRecovery() {
        library = Secp256k1.get();
    }

    @Override
    public byte @Nullable [] signer(byte[] digest, EvmSignature.Plain signature) {
        try {
            return EvmAddress.ofPublicKey(library.ecdsaRecover(signature.compact(), digest, signature.recoveryId()));
        } catch (Secp256k1Exception e) {
            return null; // r is the x of no point: half of all random signatures
        }
    }

    @Override
    public String implementation() {
        return "libsecp256k1";
    }
}
