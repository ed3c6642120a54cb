package io.farebox.pricing;

/**
 * The four characters beyond ASCII that a host which matches paths without regard to case may take for an ASCII letter: Unicode
 * maps U+0130 and U+0131 to i, U+017F to s and U+212A to k. Found in a raw path, percent-encoded or not.
 */
final class Lookalikes {
    private Lookalikes() {}

    /** Whether one is in a path. Every request comes through here: nothing is allocated. */
    static boolean in(String path) {
        for (int at = 0; at < path.length(); at++) {
            char c = path.charAt(at);
            if ((c == '%' || c >= 0x80) && find(path, at, path.length()) != 0) return true;
        }
        return false;
    }

    /** A part of a path with the ASCII letters in their places. */
    static String replaced(String path, int from, int to) {
        var replaced = new StringBuilder(to - from);
        for (int at = from; at < to; ) {
            int found = find(path, at, to);
            replaced.append(found == 0 ? path.charAt(at) : (char) (found & 0xff));
            at += found == 0 ? 1 : found >> 8;
        }
        return replaced.toString();
    }

    /** The letter, and above it the number of characters it takes; 0 if none is there. */
    private static int find(String path, int at, int to) {
        char c = path.charAt(at);
        if (c >= 0x100) return letter(c);
        int first = octet(path, at, to);
        int second = octet(path, at + (first >> 8), to);
        int width = (first >> 8) + (second >> 8);
        int pair = (first & 0xff) << 8 | second & 0xff;
        if (pair == 0xc4b0 || pair == 0xc4b1) return width << 8 | 'i';
        if (pair == 0xc5bf) return width << 8 | 's';
        if (pair != 0xe284) return 0;
        int third = octet(path, at + width, to);
        return (third & 0xff) == 0xaa ? width + (third >> 8) << 8 | 'k' : 0;
    }

    private static int letter(char c) {
        return switch (c) {
            case '\u0130', '\u0131' -> 1 << 8 | 'i';
            case '\u017f' -> 1 << 8 | 's';
            case '\u212a' -> 1 << 8 | 'k';
            default -> 0;
        };
    }

    /** An octet beyond ASCII, and above it the number of characters it takes; 0 if none is there. */
    private static int octet(String path, int at, int to) {
        if (at >= to) return 0;
        char c = path.charAt(at);
        // A container that read the request line as Latin-1 left one character for each octet.
        if (c >= 0x80 && c < 0x100) return 1 << 8 | c;
        if (c != '%' || at + 2 >= to) return 0;
        int high = Octets.hex(path.charAt(at + 1));
        int low = Octets.hex(path.charAt(at + 2));
        return high < 8 || low < 0 ? 0 : 3 << 8 | high << 4 | low;
    }
}
