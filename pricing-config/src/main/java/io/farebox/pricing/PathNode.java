package io.farebox.pricing;

import io.farebox.pricing.RouteMatch.Segment;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node of the tree of path segments. Finding a rule takes one step per segment of the path, however many routes there are;
 * only where patterns overlap is a second branch tried. Slashes that follow each other count as one and a slash at the end as
 * none, because an upstream may read them so. Immutable.
 */
final class PathNode {
    /** A rule with a price speaks of this very path, for other methods. */
    static final int METHOD_UNPRICED = 1;

    /** The path goes on below one that has a price. */
    static final int BELOW_PRICED = 2;

    private final LiteralTable literals;
    private final @Nullable PathNode variable;
    private final @Nullable PathNode one;
    private final MethodRules here;
    private final MethodRules rest;
    private final boolean guarded;

    private PathNode(Draft draft) {
        Map<String, PathNode> children = new HashMap<>();
        draft.literals.forEach((name, child) -> children.put(name, new PathNode(child)));
        literals = new LiteralTable(children);
        variable = draft.variable == null ? null : new PathNode(draft.variable);
        one = draft.one == null ? null : new PathNode(draft.one);
        here = draft.here.isEmpty() ? MethodRules.NONE : new MethodRules(draft.here);
        rest = draft.rest.isEmpty() ? MethodRules.NONE : new MethodRules(draft.rest);
        guarded = here.isPriced() && draft.belowLiteral;
    }

    /** The most specific rule for a path from a position on, or null. */
    @Nullable
    RouteRule find(String path, int at, String method) {
        int from = segmentStart(path, at);
        if (from == path.length()) {
            RouteRule rule = here.find(method);
            return rule != null ? rule : rest.find(method);
        }
        int to = segmentEnd(path, from);
        RouteRule rule = below(literals.find(path, from, to), path, to, method);
        if (rule == null) rule = below(variable, path, to, method);
        if (rule == null) rule = below(one, path, to, method);
        return rule != null ? rule : rest.find(method);
    }

    private static @Nullable RouteRule below(@Nullable PathNode node, String path, int at, String method) {
        return node == null ? null : node.find(path, at, method);
    }

    /** For a path without a rule: which priced rules come near, as bits. */
    int near(String path, int at) {
        int from = segmentStart(path, at);
        int bits = rest.isPriced() ? METHOD_UNPRICED : 0;
        if (from == path.length()) return bits | (here.isPriced() ? METHOD_UNPRICED : 0);
        if (guarded) bits |= BELOW_PRICED;
        int to = segmentEnd(path, from);
        PathNode literal = literals.find(path, from, to);
        if (literal != null) bits |= literal.near(path, to);
        if (variable != null) bits |= variable.near(path, to);
        return one == null ? bits : bits | one.near(path, to);
    }

    /**
     * As {@link #near}, for a path with {@link Lookalikes}: which priced rules it comes near once their letters are read as
     * ASCII. A segment that is configured as it stands is read no other way.
     *
     * @param other whether a segment before this position was read as another than it is
     */
    int lookalike(String path, int at, boolean other) {
        int from = segmentStart(path, at);
        int bits = other && rest.isPriced() ? METHOD_UNPRICED : 0;
        if (from == path.length()) return other && here.isPriced() ? METHOD_UNPRICED : bits;
        if (other && guarded) bits |= BELOW_PRICED;
        int to = segmentEnd(path, from);
        PathNode literal = literals.find(path, from, to);
        PathNode alike = literal == null ? literalAlike(path, from, to) : null;
        if (literal != null) bits |= literal.lookalike(path, to, other);
        if (alike != null) bits |= alike.lookalike(path, to, true);
        if (variable != null) bits |= variable.lookalike(path, to, other);
        return one == null ? bits : bits | one.lookalike(path, to, other);
    }

    private @Nullable PathNode literalAlike(String path, int from, int to) {
        String replaced = Lookalikes.replaced(path, from, to);
        return literals.find(replaced, 0, replaced.length());
    }

    private static int segmentStart(String path, int at) {
        int from = at;
        while (from < path.length() && path.charAt(from) == '/') from++;
        return from;
    }

    private static int segmentEnd(String path, int from) {
        int to = path.indexOf('/', from);
        return to < 0 ? path.length() : to;
    }

    /** A node that still grows. */
    static final class Draft {
        private final Map<String, Draft> literals = new HashMap<>();
        private @Nullable Draft variable;
        private @Nullable Draft one;
        private final Map<String, RouteRule> here = new HashMap<>();
        private final Map<String, RouteRule> rest = new HashMap<>();
        private final boolean belowLiteral;

        Draft(boolean belowLiteral) {
            this.belowLiteral = belowLiteral;
        }

        PathNode done() {
            return new PathNode(this);
        }

        void add(RouteMatch match, RouteRule rule) {
            Draft node = this;
            Map<String, RouteRule> rules = null;
            for (Segment segment : match.segments()) {
                switch (segment) {
                    case Segment.Literal literal -> node = node.literal(literal.text());
                    case Segment.Variable name -> node = node.variable();
                    case Segment.One any -> node = node.one();
                    case Segment.Rest any -> rules = node.rest;
                }
            }
            if (rules == null) rules = node.here;
            String method = match.method() == null ? MethodRules.ANY : match.method();
            if (rules.put(method, rule) != null) throw new IllegalArgumentException("two routes match " + match);
        }

        private Draft literal(String text) {
            return literals.computeIfAbsent(folded(text), key -> new Draft(true));
        }

        private Draft variable() {
            Draft child = variable;
            if (child == null) variable = child = new Draft(belowLiteral);
            return child;
        }

        private Draft one() {
            Draft child = one;
            if (child == null) one = child = new Draft(belowLiteral);
            return child;
        }

        /** Only ASCII letters: what a path's octets are compared by. */
        static String folded(String text) {
            var folded = new StringBuilder(text);
            for (int i = 0; i < folded.length(); i++) {
                char c = folded.charAt(i);
                if (c >= 'A' && c <= 'Z') folded.setCharAt(i, (char) (c + 32));
            }
            return folded.toString();
        }
    }
}
