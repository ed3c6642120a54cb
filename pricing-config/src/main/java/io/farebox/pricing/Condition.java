package io.farebox.pricing;

import io.farebox.gate.GateRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition of a price rule. It answers in shades, because a resource may read a repeated parameter, or one in other letter
 * case or with spaces around it, otherwise than we would.
 */
sealed interface Condition {
    /** Whether a request meets a condition. In order: the weakest of several holds for all of them together. */
    enum Answer {
        NO,
        /** Some reading of the request meets it, another does not. */
        PERHAPS,
        YES,
        /** The request cannot be read with certainty at all. */
        UNCLEAR
    }

    Answer ask(GateRequest request);

    /** A parameter of the query has a value. */
    record Parameter(byte[] name, byte[] value) implements Condition {
        @Override
        public Answer ask(GateRequest request) {
            String query = request.query();
            if (query == null || query.isEmpty()) return Answer.NO;
            boolean met = false;
            boolean unmet = false;
            for (int from = 0; from <= query.length(); ) {
                int to = end(query, '&', from, query.length());
                int equals = end(query, '=', from, to);
                switch (QueryPart.compareName(query, from, equals, name)) {
                    case DIFFERENT -> {}
                    case BRACKETED -> {
                        return Answer.UNCLEAR;
                    }
                    case FOLDED -> {
                        unmet = true;
                        met |= likeness(query, equals, to) != Octets.Likeness.DIFFERENT;
                    }
                    case EQUAL -> {
                        Octets.Likeness likeness = likeness(query, equals, to);
                        met |= likeness != Octets.Likeness.DIFFERENT;
                        unmet |= likeness != Octets.Likeness.EQUAL;
                    }
                }
                from = to + 1;
            }
            if (!met) return Answer.NO;
            return unmet ? Answer.PERHAPS : Answer.YES;
        }

        private Octets.Likeness likeness(String query, int equals, int to) {
            Octets.Likeness likeness = QueryPart.compare(query, Math.min(equals + 1, to), to, value);
            return likeness == Octets.Likeness.BRACKETED ? Octets.Likeness.DIFFERENT : likeness;
        }

        private static int end(String text, char c, int from, int to) {
            int at = text.indexOf(c, from);
            return at < 0 || at > to ? to : at;
        }
    }

    /** A header has a value. */
    record HeaderValue(String name, String value) implements Condition {
        @Override
        public Answer ask(GateRequest request) {
            List<String> values = request.headers(name);
            boolean met = false;
            boolean unmet = false;
            for (int i = 0; i < values.size(); i++) {
                String given = values.get(i);
                met |= holds(given);
                unmet |= !given.equals(value);
            }
            if (!met) return Answer.NO;
            return unmet ? Answer.PERHAPS : Answer.YES;
        }

        /** Whether the value is the whole header or one of the parts between its commas. */
        private boolean holds(String given) {
            for (int from = 0; from <= given.length(); ) {
                int comma = given.indexOf(',', from);
                int to = comma < 0 ? given.length() : comma;
                if (isValue(given, from, to)) return true;
                from = to + 1;
            }
            return isValue(given, 0, given.length());
        }

        private boolean isValue(String given, int from, int to) {
            int start = from;
            int end = to;
            while (start < end && given.charAt(start) <= ' ') start++;
            while (end > start && given.charAt(end - 1) <= ' ') end--;
            return end - start == value.length() && given.regionMatches(true, start, value, 0, value.length());
        }
    }

    /** Whether a query can be read in one way only: no broken percent-encoding, no semicolon that some take for {@code &}. */
    static boolean isClear(@Nullable String query) {
        if (query == null) return true;
        for (int i = 0; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c == ';') return false;
            if (c != '%') continue;
            if (i + 2 >= query.length() || Octets.hex(query.charAt(i + 1)) < 0 || Octets.hex(query.charAt(i + 2)) < 0) {
                return false;
            }
        }
        return true;
    }
}
