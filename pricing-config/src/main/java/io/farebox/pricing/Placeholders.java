package io.farebox.pricing;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills in <code>${NAME}</code> and <code>${NAME:default}</code>. What is filled in is not looked at again, so a value with
 * such marks in it stays as it is.
 */
final class Placeholders {
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_.-]*)(?::([^{}]*))?}|\\$\\{");

    private final Function<String, @Nullable String> environment;
    private final Problems problems;

    Placeholders(Function<String, @Nullable String> environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    /** The value with everything filled in, or null after reporting why that cannot be done. */
    Tree.@Nullable Leaf fill(Tree.Leaf leaf) {
        if (!leaf.text().contains("${")) return leaf;
        var filled = new StringBuilder();
        Matcher matcher = PLACEHOLDER.matcher(leaf.text());
        while (matcher.find()) {
            String value = value(matcher, leaf);
            if (value == null) return null;
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return new Tree.Leaf(matcher.appendTail(filled).toString(), leaf.place(), leaf.secret());
    }

    private @Nullable String value(Matcher matcher, Tree.Leaf leaf) {
        String name = matcher.group(1);
        if (name == null) {
            String fix = "Write ${NAME} or ${NAME:default}, not one inside the other.";
            problems.wrong(ProblemCode.ENV_SYNTAX, leaf, "has a ${ that begins no placeholder", fix);
            return null;
        }
        String value = environment.apply(name);
        if (value == null) value = matcher.group(2);
        if (value == null) {
            String fix = "Set " + name + ", or write ${" + name + ":default}.";
            problems.wrong(ProblemCode.ENV_MISSING, leaf, "names a variable that is not set", fix);
        }
        return value;
    }
}
