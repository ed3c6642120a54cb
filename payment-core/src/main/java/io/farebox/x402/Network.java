package io.farebox.x402;

import java.util.regex.Pattern;

/**
 * A chain by its CAIP-2 identifier, for example {@code eip155:8453}. The names of x402 version 1 ({@code base}) exist
 * only inside {@code io.farebox.x402.v1}.
 *
 * @param caip2 namespace and reference, joined by a colon
 */
public record Network(String caip2) {
    private static final Pattern CAIP2 = Pattern.compile("[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}");

    /** @throws IllegalArgumentException if the text is not a CAIP-2 identifier */
    public Network {
        if (!isCaip2(caip2)) throw new IllegalArgumentException("not a CAIP-2 network identifier");
    }

    /** Whether the text is a CAIP-2 identifier. */
    public static boolean isCaip2(String text) {
        return CAIP2.matcher(text).matches();
    }

    /** The part before the colon: {@code eip155}, {@code solana}. */
    public String namespace() {
        return caip2.substring(0, caip2.indexOf(':'));
    }

    /** The part after the colon: the chain id of an EVM chain, the genesis hash prefix of a Solana cluster. */
    public String reference() {
        return caip2.substring(caip2.indexOf(':') + 1);
    }

    public boolean isEvm() {
        return caip2.startsWith("eip155:");
    }

    public boolean isSolana() {
        return caip2.startsWith("solana:");
    }

    @Override
    public String toString() {
        return caip2;
    }
}
