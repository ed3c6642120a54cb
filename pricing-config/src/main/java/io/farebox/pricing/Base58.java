package io.farebox.pricing;

import java.math.BigInteger;

/** Base58 as Solana writes addresses. */
final class Base58 {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(58);
    private static final int ADDRESS_BYTES = 32;

    private Base58() {}

    /** Whether the text stands for exactly 32 bytes. */
    static boolean isAddress(String text) {
        if (text.length() < ADDRESS_BYTES || text.length() > 44) return false;
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) return false;
            value = value.multiply(BASE).add(BigInteger.valueOf(digit));
        }
        int zeros = 0;
        while (zeros < text.length() && text.charAt(zeros) == '1') zeros++;
        return zeros + (value.bitLength() + 7) / 8 == ADDRESS_BYTES;
    }

    static boolean isZero(String address) {
        return address.chars().allMatch(c -> c == '1');
    }
}
