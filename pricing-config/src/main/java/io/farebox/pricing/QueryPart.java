package io.farebox.pricing;

import io.farebox.pricing.Octets.Likeness;

/**
 * Compares a name or a value of a raw query with what is configured, as frameworks may read it: data binding skips {@code !}
 * and {@code _} before a name, and much trims what it converts. What is equal in such a reading only counts as
 * {@link Likeness#FOLDED}. Allocates nothing.
 */
final class QueryPart {
    /** Spring takes off {@code !} first and {@code _} then. */
    private static final int MOST_PREFIXES = 2;

    private QueryPart() {}

    static Likeness compareName(String query, int from, int to, byte[] name) {
        Likeness likeness = compare(query, from, to, name);
        int at = start(query, from, to);
        for (int i = 0; i < MOST_PREFIXES && likeness == Likeness.DIFFERENT; i++) {
            int behind = behindPrefix(query, at, to);
            if (behind == at) break;
            likeness = folded(compare(query, behind, to, name));
            at = behind;
        }
        return likeness;
    }

    static Likeness compare(String query, int from, int to, byte[] octets) {
        Likeness likeness = Octets.compare(query, from, to, octets, 0, octets.length);
        if (likeness != Likeness.DIFFERENT) return likeness;
        int start = start(query, from, to);
        int first = 0;
        int end = octets.length;
        while (first < end && isBlank(octets[first])) first++;
        while (end > first && isBlank(octets[end - 1])) end--;
        return folded(Octets.compare(query, start, end(query, start, to), octets, first, end));
    }

    private static Likeness folded(Likeness likeness) {
        return likeness == Likeness.EQUAL ? Likeness.FOLDED : likeness;
    }

    private static boolean isBlank(byte octet) {
        return octet >= 0 && octet <= ' ';
    }

    private static int start(String query, int from, int to) {
        int at = from;
        while (at < to) {
            int octet = ascii(query, at, to);
            if (octet < 0 || octet > ' ') break;
            at += width(query, at);
        }
        return at;
    }

    /** A percent sign is no hexadecimal digit, so what stands at the end can be read backwards. */
    private static int end(String query, int from, int to) {
        int at = to;
        while (at > from) {
            int begin = at - 3 >= from && query.charAt(at - 3) == '%' ? at - 3 : at - 1;
            int octet = ascii(query, begin, at);
            if (octet < 0 || octet > ' ') break;
            at = begin;
        }
        return at;
    }

    private static int behindPrefix(String query, int at, int to) {
        int octet = at < to ? ascii(query, at, to) : -1;
        return octet == '!' || octet == '_' ? at + width(query, at) : at;
    }

    /** The octet at a position of a query without broken percent-encoding; -1 for one beyond ASCII. */
    private static int ascii(String query, int at, int to) {
        char c = query.charAt(at);
        if (c == '+') return ' ';
        if (c != '%') return c < 0x80 ? c : -1;
        if (at + 2 >= to) return c;
        int high = Octets.hex(query.charAt(at + 1));
        int low = Octets.hex(query.charAt(at + 2));
        return high < 0 || high > 7 || low < 0 ? -1 : high << 4 | low;
    }

    private static int width(String query, int at) {
        return query.charAt(at) == '%' ? 3 : 1;
    }
}
