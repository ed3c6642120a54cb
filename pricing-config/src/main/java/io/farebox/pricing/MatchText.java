package io.farebox.pricing;

import io.farebox.pricing.RouteMatch.Segment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code GET /protocols/{id}/**}. What other products would read differently is refused, with how to write it here. */
final class MatchText {
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Pattern METHOD_AND_PATH = Pattern.compile("(?:(\\S+) +)?(/.*)");
    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z_][A-Za-z0-9_-]{0,63})}");

    private final Problems problems;

    MatchText(Problems problems) {
        this.problems = problems;
    }

    /** The match, or null after reporting what is wrong. */
    @Nullable
    RouteMatch read(Tree.Leaf leaf) {
        Matcher parts = METHOD_AND_PATH.matcher(leaf.text());
        if (!parts.matches()) return syntax(leaf, "is no method and path", "Write \"GET /path\" or \"/path\".");
        String method = parts.group(1);
        if (method != null && !METHODS.contains(method)) {
            String fix = Words.didYouMean(method.toUpperCase(Locale.ROOT), METHODS) + "Write one of "
                    + Words.oneOf(METHODS) + ", or none for every method.";
            problems.wrong(ProblemCode.UNKNOWN_METHOD, leaf, "begins with a method we do not know", fix);
            return null;
        }
        List<Segment> segments = segments(parts.group(2), leaf);
        return segments == null ? null : new RouteMatch(method, segments);
    }

    private @Nullable List<Segment> segments(String path, Tree.Leaf leaf) {
        List<Segment> segments = new ArrayList<>();
        Set<String> names = new HashSet<>();
        String[] texts = path.substring(1).split("/", -1);
        int count = texts[texts.length - 1].isEmpty() ? texts.length - 1 : texts.length;
        for (int i = 0; i < count; i++) {
            Segment segment = segment(texts[i], leaf);
            if (segment == null) return null;
            if (segment instanceof Segment.Rest && i < count - 1) {
                syntax(leaf, "has ** before its end", "Write ** at the end only; * stands for one segment.");
                return null;
            }
            if (segment instanceof Segment.Variable variable && !names.add(variable.name())) {
                syntax(leaf, "has two variables of one name", "Give each {name} a name of its own.");
                return null;
            }
            segments.add(segment);
        }
        return segments;
    }

    private @Nullable Segment segment(String text, Tree.Leaf leaf) {
        if (text.equals("*")) return new Segment.One();
        if (text.equals("**")) return new Segment.Rest();
        Matcher variable = VARIABLE.matcher(text);
        if (variable.matches()) return new Segment.Variable(variable.group(1));
        String wrong = wrong(text);
        if (wrong.isEmpty()) return new Segment.Literal(text);
        syntax(leaf, "has a segment that " + wrong, "Segments are literal text, {name}, * or ** at the end.");
        return null;
    }

    private static String wrong(String text) {
        if (text.isEmpty()) return "is empty";
        if (text.equals(".") || text.equals("..")) return "is a dot segment";
        if (text.startsWith(":") || text.startsWith("["))
            return "is a variable in another product's spelling; write {name}";
        if (text.indexOf('%') >= 0) return "is percent-encoded; write the characters themselves";
        if (text.chars().anyMatch(c -> "*{}".indexOf(c) >= 0)) return "mixes text and wildcards";
        if (text.chars().anyMatch(c -> c <= ' ' || "?#;\\".indexOf(c) >= 0)) return "has a character no path has";
        return "";
    }

    private @Nullable RouteMatch syntax(Tree.Leaf leaf, String reason, String fix) {
        problems.wrong(ProblemCode.MATCH_SYNTAX, leaf, reason, fix);
        return null;
    }
}
