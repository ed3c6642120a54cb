package io.farebox.x402;

import java.util.Optional;

/**
 * Base58 with Bitcoin's alphabet, as Solana writes keys and signatures. Every byte sequence has exactly one text, so that
 * reading and writing undo each other.
 */
public final class Base58 {
    private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final int BASE = 58;

    private Base58() {}

    /** The text of these bytes. Time grows with the square of the length: meant for keys and signatures. */
    public static String encode(byte[] bytes) {
        byte[] number = bytes.clone();
        var reversed = new StringBuilder();
        int start = leadingZeros(number);
        for (int i = 0; i < start; i++) reversed.append(ALPHABET.charAt(0));
        int zeros = reversed.length();
        while (start < number.length) {
            reversed.insert(zeros, ALPHABET.charAt(divide(number, start)));
            if (number[start] == 0) start++;
        }
        return reversed.toString();
    }

    /** Divides a big-endian number in place and returns the rest. */
    private static int divide(byte[] number, int start) {
        int rest = 0;
        for (int i = start; i < number.length; i++) {
            int digit = rest << 8 | number[i] & 0xff;
            number[i] = (byte) (digit / BASE);
            rest = digit % BASE;
        }
        return rest;
    }

    private static int leadingZeros(byte[] bytes) {
        int zeros = 0;
        while (zeros < bytes.length && bytes[zeros] == 0) zeros++;
        return zeros;
    }

    /** The bytes of this text if they are exactly so many; empty for anything else, however long. */
    public static Optional<byte[]> decode(String text, int length) {
        // Two digits carry more than one byte, so a longer text cannot fit; this bounds the work before it is done.
        if (text.length() > 2 * length) return Optional.empty();
        byte[] number = new byte[length];
        for (int i = 0; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0 || !multiplyAndAdd(number, digit)) return Optional.empty();
        }
        return leadingOnes(text) == leadingZeros(number) ? Optional.of(number) : Optional.empty();
    }

    /** Whether the result still fits. */
    private static boolean multiplyAndAdd(byte[] number, int digit) {
        int carry = digit;
        for (int i = number.length - 1; i >= 0; i--) {
            carry += (number[i] & 0xff) * BASE;
            number[i] = (byte) carry;
            carry >>>= 8;
        }
        return carry == 0;
    }

    private static int leadingOnes(String text) {
        int ones = 0;
        while (ones < text.length() && text.charAt(ones) == ALPHABET.charAt(0)) ones++;
        return ones;
    }
}
