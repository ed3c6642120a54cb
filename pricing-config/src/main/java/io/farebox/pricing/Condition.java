package io.farebox.pricing;

import io.farebox.gate.GateRequest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
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

    /**
     * A header has a value. Whatever speaks CGI behind us reads {@code X_Tier} as {@code X-Tier}, and a proxy does not pass on what
     * {@code Connection} names.
     *
     * @param lookalikes the name with underscores for some of its hyphens, or the other way round
     */
    record HeaderValue(String name, String value, List<String> lookalikes) implements Condition {
        /** Names with more hyphens and underscores than that have no look-alikes but the one of all underscores. */
        private static final int MARKS = 5;

        HeaderValue(String name, String value) {
            this(name, value, lookalikes(name));
        }

        private static List<String> lookalikes(String name) {
            int[] marks = IntStream.range(0, name.length())
                    .filter(i -> name.charAt(i) == '-' || name.charAt(i) == '_')
                    .toArray();
            if (marks.length > MARKS) return List.of(name.replace('-', '_'), name.replace('_', '-'));
            Set<String> spelled = new TreeSet<>();
            for (int bits = 0; bits < 1 << marks.length; bits++) {
                StringBuilder other = new StringBuilder(name);
                for (int i = 0; i < marks.length; i++) other.setCharAt(marks[i], (bits >> i & 1) == 0 ? '-' : '_');
                spelled.add(other.toString());
            }
            spelled.remove(name);
            return List.copyOf(spelled);
        }

        @Override
        public Answer ask(GateRequest request) {
            Answer plain = answer(request.headers(name));
            if (plain == Answer.YES && isForOneHop(request)) return Answer.PERHAPS;
            for (int i = 0; i < lookalikes.size(); i++) {
                List<String> values = request.headers(lookalikes.get(i));
                if (values.isEmpty()) continue;
                if (plain == Answer.YES || answer(values) != Answer.NO) return Answer.PERHAPS;
            }
            return plain;
        }

        private boolean isForOneHop(GateRequest request) {
            List<String> connection = request.headers("Connection");
            for (int i = 0; i < connection.size(); i++) if (holds(connection.get(i), name)) return true;
            return false;
        }

        private Answer answer(List<String> values) {
            boolean met = false;
            boolean unmet = false;
            for (int i = 0; i < values.size(); i++) {
                String given = values.get(i);
                met |= holds(given, value);
                unmet |= !given.equals(value);
            }
            if (!met) return Answer.NO;
            return unmet ? Answer.PERHAPS : Answer.YES;
        }

        /** Whether a text is the whole header or one of the parts between its commas. */
        private static boolean holds(String given, String text) {
            for (int from = 0; from <= given.length(); ) {
                int comma = given.indexOf(',', from);
                int to = comma < 0 ? given.length() : comma;
                if (isText(given, from, to, text)) return true;
                from = to + 1;
            }
            return isText(given, 0, given.length(), text);
        }

        private static boolean isText(String given, int from, int to, String text) {
            int start = from;
            int end = to;
            while (start < end && given.charAt(start) <= ' ') start++;
            while (end > start && given.charAt(end - 1) <= ' ') end--;
            return end - start == text.length() && given.regionMatches(true, start, text, 0, text.length());
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
