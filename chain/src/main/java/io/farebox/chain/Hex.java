package io.farebox.chain;

import java.util.HexFormat;

/** Strict hexadecimal text: {@code 0x} in lower case, then an even number of ASCII digits of either case. */
final class Hex {
    private static final HexFormat FORMAT = HexFormat.of();

    private Hex() {}

    /** Whether the text is {@code 0x} and whole bytes. */
    static boolean isBytes(String text) {
        if (text.length() % 2 != 0 || !text.startsWith("0x")) return false;
        for (int i = 2; i < text.length(); i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) return false;
        }
        return true;
    }

    /** Whether the text is {@code 0x} and exactly this many bytes. */
    static boolean isBytes(String text, int length) {
        return text.length() == 2 + 2 * length && isBytes(text);
    }

    /** Writes the bytes of a text that {@link #isBytes(String)} accepted. */
    static void decode(String text, byte[] target, int offset) {
        for (int i = 2; i < text.length(); i += 2) {
            int high = HexFormat.fromHexDigit(text.charAt(i));
            target[offset++] = (byte) (high << 4 | HexFormat.fromHexDigit(text.charAt(i + 1)));
        }
    }

    /** The bytes of a text that {@link #isBytes(String)} accepted. */
    static byte[] bytes(String text) {
        byte[] bytes = new byte[text.length() / 2 - 1];
        decode(text, bytes, 0);
        return bytes;
    }

    /** {@code 0x} and lower-case digits. */
    static String encode(byte[] bytes) {
        return "0x" + FORMAT.formatHex(bytes);
    }
}
