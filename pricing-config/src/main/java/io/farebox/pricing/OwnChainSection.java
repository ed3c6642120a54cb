package io.farebox.pricing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code facilitators[].chain}. */
final class OwnChainSection {
    private static final int WEI_DIGITS = 18;
    private static final int GWEI_DIGITS = 9;

    private final Problems problems;

    OwnChainSection(Problems problems) {
        this.problems = problems;
    }

    /** Null after reporting a problem. */
    @Nullable
    OwnChainConfig read(Section facilitator) {
        checkAlone(facilitator);
        Section chain = facilitator.section("chain");
        Path keyFile = keyFile(chain);
        BigInteger maxFee = maxFee(chain);
        BigInteger budget = budget(chain);
        ServeConfig serve = chain.has("serve") ? serve(chain.section("serve")) : null;
        int batch = chain.number("batch", OwnChainConfig.DEFAULT_BATCH);
        return keyFile == null ? null : new OwnChainConfig(keyFile, maxFee, budget, batch, serve);
    }

    /** What is for a facilitator elsewhere has no meaning beside it. */
    private void checkAlone(Section facilitator) {
        for (String key : List.of("url", "auth", "type")) {
            if (!facilitator.has(key)) continue;
            String fix = "Remove " + key + ", or remove chain.";
            problems.wrong(ProblemCode.OWN_FACILITATOR, facilitator.at(key), "stands beside chain", fix);
        }
    }

    private @Nullable Path keyFile(Section chain) {
        Tree.Leaf leaf = chain.leaf("key-file");
        if (leaf == null) return null;
        String fix = "Write the path of a file that holds the key, mode 0400.";
        // Whoever writes the key itself has shown it already; this keeps it out of logs at least.
        if (leaf.text().matches("(0x)?[0-9a-fA-F]{64}")) {
            var hidden = new Tree.Leaf("", leaf.place(), true);
            problems.wrong(
                    ProblemCode.OWN_FACILITATOR, hidden, "is a private key and not a file", fix + " Use a new key.");
            return null;
        }
        try {
            return Path.of(leaf.text());
        } catch (InvalidPathException e) {
            problems.wrong(ProblemCode.OWN_FACILITATOR, leaf, "is no path", fix);
            return null;
        }
    }

    private BigInteger maxFee(Section chain) {
        String text = chain.text("max-fee", OwnChainConfig.DEFAULT_MAX_FEE);
        if (text.matches("(0\\.[0-9]{1,9}|[1-9][0-9]{0,6}(\\.[0-9]{1,9})?) gwei"))
            return units(text.substring(0, text.length() - " gwei".length()), GWEI_DIGITS);
        problems.wrong(
                ProblemCode.OWN_FACILITATOR,
                chain.at("max-fee"),
                "is not a fee",
                "Write it in gwei: max-fee: 100 gwei");
        return BigInteger.ONE;
    }

    private @Nullable BigInteger budget(Section chain) {
        Tree.Leaf leaf = chain.leaf("daily-budget");
        if (leaf == null) return null;
        if (leaf.text().matches("(0|[1-9][0-9]{0,8})(\\.[0-9]{1,18})?")) return units(leaf.text(), WEI_DIGITS);
        String fix = "Write it in whole coins of the chain: daily-budget: 0.05";
        problems.wrong(ProblemCode.OWN_FACILITATOR, leaf, "is not an amount of coins", fix);
        return null;
    }

    private ServeConfig serve(Section serve) {
        String address = serve.text("address", ServeConfig.LOOPBACK);
        Secret credential = serve.secret("credential");
        boolean local = address.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}|::1|localhost");
        if (credential == null && !local && !serve.has("credential")) {
            String fix = "Write a credential, or leave the address out: then only this machine is served.";
            problems.wrong(ProblemCode.OWN_FACILITATOR, serve.at("address"), "lets strangers spend your gas", fix);
        }
        if (credential != null && !credential.reveal().matches("[!-~]{24,200}")) {
            String fix = "Write at least 24 random letters and digits, for example from: openssl rand -hex 24";
            problems.wrong(ProblemCode.OWN_FACILITATOR, serve.at("credential"), "is no credential to rely on", fix);
        }
        return new ServeConfig(address, serve.number("port", 0), credential);
    }

    private static BigInteger units(String text, int digits) {
        return new BigDecimal(text).movePointRight(digits).toBigIntegerExact();
    }
}
