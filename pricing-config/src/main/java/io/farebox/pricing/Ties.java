package io.farebox.pricing;

import io.farebox.pricing.RouteMatch.Segment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds routes of which one can never be reached, or of which nobody could say which one wins. */
final class Ties {
    private record Seen(String id, RouteMatch match, Tree.Leaf leaf, String rank) {}

    private final Problems problems;

    /** Routes by the paths they match: rank aside, two in one list match the same paths. */
    private final Map<String, List<Seen>> byPaths = new LinkedHashMap<>();

    Ties(Problems problems) {
        this.problems = problems;
    }

    void add(String id, RouteMatch match, Tree.Leaf leaf) {
        var paths = new StringBuilder();
        var rank = new StringBuilder();
        for (Segment segment : match.segments()) {
            switch (segment) {
                case Segment.Literal literal -> {
                    paths.append('/').append(PathNode.Draft.folded(literal.text()));
                    rank.append('0');
                }
                case Segment.Variable variable -> {
                    paths.append("/*");
                    rank.append('1');
                }
                case Segment.One one -> {
                    paths.append("/*");
                    rank.append('2');
                }
                case Segment.Rest rest -> {
                    paths.append("/**");
                    rank.append('3');
                }
            }
        }
        byPaths.computeIfAbsent(paths.toString(), key -> new ArrayList<>())
                .add(new Seen(id, match, leaf, rank.toString()));
    }

    void check() {
        byPaths.values().forEach(same -> {
            for (int i = 1; i < same.size(); i++) {
                for (int j = 0; j < i; j++) if (compare(same.get(j), same.get(i))) break;
            }
        });
    }

    /** Whether there was something to report. */
    private boolean compare(Seen earlier, Seen later) {
        int order = earlier.rank().compareTo(later.rank());
        if (order == 0) return isTie(earlier, later);
        Seen strong = order < 0 ? earlier : later;
        Seen weak = order < 0 ? later : earlier;
        if (!covers(strong.match().method(), weak.match().method())) return false;
        String reason = "is never reached: the more specific route " + strong.id() + " matches the same requests";
        problems.wrong(ProblemCode.UNREACHABLE_ROUTE, weak.leaf(), reason, "Remove one of the two.");
        return true;
    }

    private boolean isTie(Seen earlier, Seen later) {
        if (!String.valueOf(earlier.match().method())
                .equals(String.valueOf(later.match().method()))) return false;
        String reason = "matches the same requests as the route " + earlier.id();
        problems.wrong(ProblemCode.DUPLICATE_MATCH, later.leaf(), reason, "Remove one of the two.");
        return true;
    }

    private static boolean covers(@Nullable String strong, @Nullable String weak) {
        if (strong == null || strong.equals(weak)) return true;
        return strong.equals("GET") && "HEAD".equals(weak);
    }
}
