package io.farebox.pricing;

import java.nio.charset.StandardCharsets;

/**
 * Compares parts of a raw path or query with what is configured, octet by octet, decoding on the way. Nothing is allocated:
 * every request comes through here. A character beyond ASCII counts as its UTF-8 octets; a percent sign that begins no octet
 * counts as itself.
 */
final class Octets {
    private Octets() {}

    /** How two texts compare. */
    enum Likeness {
        DIFFERENT,
        /** Equal but for the case of ASCII letters, or what else some frameworks overlook. */
        FOLDED,
        EQUAL,
        /** Equal, and then a bracket: how some frameworks spell lists and maps in query keys. */
        BRACKETED
    }

    static byte[] of(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] folded(String text) {
        byte[] octets = of(text);
        for (int i = 0; i < octets.length; i++) octets[i] = (byte) fold(octets[i] & 0xff);
        return octets;
    }

    /** A hash of the octets without regard to ASCII case. */
    static int hash(String text, int from, int to) {
        int hash = 1;
        for (int at = from; at < to; ) {
            long step = step(text, at, to, false);
            for (int i = 0; i < count(step); i++) hash = 31 * hash + fold(octet(step, i));
            at = next(step);
        }
        return spread(hash);
    }

    static int hash(byte[] folded) {
        int hash = 1;
        for (byte octet : folded) hash = 31 * hash + (octet & 0xff);
        return spread(hash);
    }

    /** Whether the part equals the folded octets, without regard to ASCII case. */
    static boolean isFolded(String text, int from, int to, byte[] folded) {
        int matched = 0;
        for (int at = from; at < to; ) {
            long step = step(text, at, to, false);
            for (int i = 0; i < count(step); i++) {
                if (matched == folded.length || fold(octet(step, i)) != (folded[matched] & 0xff)) return false;
                matched++;
            }
            at = next(step);
        }
        return matched == folded.length;
    }

    /** How a part of a query, where plus means space, compares with the octets from one index to before another. */
    static Likeness compare(String text, int from, int to, byte[] octets, int first, int end) {
        boolean exact = true;
        int matched = first;
        for (int at = from; at < to; ) {
            long step = step(text, at, to, true);
            for (int i = 0; i < count(step); i++) {
                int octet = octet(step, i);
                if (matched == end) return octet == '[' ? Likeness.BRACKETED : Likeness.DIFFERENT;
                int expected = octets[matched++] & 0xff;
                if (octet == expected) continue;
                if (fold(octet) != fold(expected)) return Likeness.DIFFERENT;
                exact = false;
            }
            at = next(step);
        }
        if (matched < end) return Likeness.DIFFERENT;
        return exact ? Likeness.EQUAL : Likeness.FOLDED;
    }

    static int hex(char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }

    /** The octets that begin at a position, and the position behind them, in one number. */
    private static long step(String text, int at, int to, boolean plus) {
        char c = text.charAt(at);
        if (c == '%' && at + 2 < to) {
            int high = hex(text.charAt(at + 1));
            int low = hex(text.charAt(at + 2));
            if (high >= 0 && low >= 0) return pack(high << 4 | low, 1, at + 3);
        }
        if (c < 0x80) return pack(plus && c == '+' ? ' ' : c, 1, at + 1);
        return utf8(text.codePointAt(at), at);
    }

    private static long utf8(int c, int at) {
        int tail = 0x80 | c & 0x3f;
        int middle = 0x80 | c >> 6 & 0x3f;
        if (c < 0x800) return pack(0xc0 | c >> 6 | tail << 8, 2, at + 1);
        if (c < 0x10000) return pack(0xe0 | c >> 12 | middle << 8 | tail << 16, 3, at + 1);
        return pack(0xf0 | c >> 18 | (0x80 | c >> 12 & 0x3f) << 8 | middle << 16 | tail << 24, 4, at + 2);
    }

    private static long pack(int octets, int count, int next) {
        return (long) next << 35 | (long) count << 32 | octets & 0xffff_ffffL;
    }

    private static int next(long step) {
        return (int) (step >>> 35);
    }

    private static int count(long step) {
        return (int) (step >>> 32) & 7;
    }

    private static int octet(long step, int index) {
        return (int) (step >>> 8 * index) & 0xff;
    }

    private static int fold(int octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
    }

    private static int spread(int hash) {
        return hash ^ hash >>> 16;
    }
}
