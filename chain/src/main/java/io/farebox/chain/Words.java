package io.farebox.chain;

import java.math.BigInteger;

/** 32-byte words in a row, as the ABI encodes static values: big-endian, padded on the left. Not thread-safe. */
final class Words {
    private static final int WORD = 32;

    private final byte[] bytes;
    private int end;

    Words(int count) {
        bytes = new byte[count * WORD];
    }

    /** A whole word. */
    Words put(byte[] word) {
        System.arraycopy(word, 0, bytes, end, WORD);
        end += WORD;
        return this;
    }

    /** A uint256; the caller has checked that it is one. */
    Words put(BigInteger value) {
        end += WORD;
        byte[] digits = value.toByteArray();
        // The sign byte of a value with its top bit set is the 33rd.
        int length = Math.min(digits.length, WORD);
        System.arraycopy(digits, digits.length - length, bytes, end - length, length);
        return this;
    }

    /** An address or a word as checked hexadecimal text. */
    Words putHex(String text) {
        end += WORD;
        Hex.decode(text, bytes, end - (text.length() - 2) / 2);
        return this;
    }

    byte[] bytes() {
        return bytes;
    }
}
