package io.farebox.x402;

import java.math.BigInteger;
import java.util.Optional;

/**
 * Reads amounts in atomic units as they stand on the wire: {@code 0} or a decimal without sign, leading zero, exponent or
 * separator, at most 2^256 − 1. Everything else is no amount, because the lenient readers at hand accept signs, foreign
 * digits and hexadecimal text.
 */
public final class AtomicAmount {
    /** The largest value of a uint256. */
    public static final BigInteger MAX = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

    private static final int MAX_DIGITS = 78;

    private AtomicAmount() {}

    /** The amount, or empty if the text is not one. */
    public static Optional<BigInteger> parse(String text) {
        int length = text.length();
        if (length == 0 || length > MAX_DIGITS) return Optional.empty();
        if (text.charAt(0) == '0' && length > 1) return Optional.empty();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') return Optional.empty();
        }
        BigInteger value = length < 19 ? BigInteger.valueOf(Long.parseLong(text)) : new BigInteger(text);
        return value.compareTo(MAX) > 0 ? Optional.empty() : Optional.of(value);
    }
}
