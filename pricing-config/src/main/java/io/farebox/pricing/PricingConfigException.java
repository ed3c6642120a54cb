package io.farebox.pricing;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that is not used because something is wrong with it. Carries every problem that was found. */
public final class PricingConfigException extends RuntimeException {
    private final transient List<ConfigProblem> problems;

    public PricingConfigException(List<ConfigProblem> problems) {
        super(text(problems));
        this.problems = List.copyOf(problems);
    }

    /** Never empty, in the order of the file. */
    public List<ConfigProblem> problems() {
        return problems;
    }

    private static String text(List<ConfigProblem> problems) {
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        return problems.stream()
                .map(problem -> System.lineSeparator() + "  " + problem)
                .collect(Collectors.joining("", "The configuration has " + count + ":", ""));
    }
}
