package io.farebox.pricing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one configuration while it is read. Used by one thread. */
final class Problems {
    private static final int LONGEST_VALUE = 80;

    /** A reason is a sentence, which means nothing if its end is missing. */
    private static final int LONGEST_REASON = 400;

    private final String source;
    private final List<ConfigProblem> errors = new ArrayList<>();
    private final List<ConfigProblem> warnings = new ArrayList<>();

    Problems(String source) {
        this.source = source;
    }

    /** Reports a value that is wrong. */
    void wrong(ProblemCode code, Tree.Leaf leaf, String reason, String fix) {
        errors.add(problem(code, leaf.place(), leaf.secret() ? null : leaf.text(), reason, fix));
    }

    /** Reports something that is wrong as a whole, or absent. */
    void wrong(ProblemCode code, Place place, String reason, String fix) {
        errors.add(problem(code, place, null, reason, fix));
    }

    void warn(ProblemCode code, Tree.Leaf leaf, String reason, String fix) {
        warnings.add(problem(code, leaf.place(), leaf.secret() ? null : leaf.text(), reason, fix));
    }

    void warn(ProblemCode code, Place place, String reason, String fix) {
        warnings.add(problem(code, place, null, reason, fix));
    }

    boolean any() {
        return !errors.isEmpty();
    }

    List<ConfigProblem> warnings() {
        return List.copyOf(warnings);
    }

    /** Throws all errors together, if there are any. */
    void throwIfAny() {
        if (errors.isEmpty()) return;
        errors.sort(Comparator.comparingInt(ConfigProblem::line));
        throw new PricingConfigException(errors);
    }

    private ConfigProblem problem(ProblemCode code, Place place, @Nullable String value, String reason, String fix) {
        String shown = value == null ? null : printable(value);
        return new ConfigProblem(
                code, source, place.line(), printable(place.path()), shown, printable(reason, LONGEST_REASON), fix);
    }

    /** Control characters and line ends could forge lines of a log. */
    static String printable(String text) {
        return printable(text, LONGEST_VALUE);
    }

    private static String printable(String text, int longest) {
        String cut = text.length() > longest ? text.substring(0, longest) + "…" : text;
        return cut.replaceAll("[\\p{Cntrl}\\p{Cf}\u2028\u2029]", "?");
    }
}
