package io.farebox.app.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options and words of one command line, read strictly: an option that is not known is refused, so that a slip is noticed.
 *
 * @param values by option; empty text for an option without a value
 * @param words what is no option, in order
 */
record Options(Map<String, String> values, List<String> words) {
    private static final String END = "--";

    /**
     * Reads {@code --flag}, {@code --option VALUE} and {@code --option=VALUE}; behind {@code --} everything is a word.
     *
     * @throws UsageException if an option is not known, is written twice, or lacks its value
     */
    static Options read(List<String> arguments, Set<String> flags, Set<String> valued) {
        Map<String, String> values = new HashMap<>();
        List<String> words = new ArrayList<>();
        for (Iterator<String> left = arguments.iterator(); left.hasNext(); ) {
            String argument = left.next();
            if (argument.equals(END)) {
                left.forEachRemaining(words::add);
            } else if (argument.startsWith("-") && argument.length() > 1) {
                String name = argument.split("=", 2)[0];
                String value = value(name, argument, left, flags, valued);
                if (values.put(name, value) != null) throw new UsageException(name + " is written twice.");
            } else {
                words.add(argument);
            }
        }
        return new Options(Map.copyOf(values), List.copyOf(words));
    }

    private static String value(
            String name, String argument, Iterator<String> left, Set<String> flags, Set<String> valued) {
        boolean joined = argument.length() > name.length();
        if (flags.contains(name)) {
            if (joined) throw new UsageException(name + " takes no value.");
            return "";
        }
        if (!valued.contains(name)) throw new UsageException(name + " is no option of this command.");
        if (joined) return argument.substring(name.length() + 1);
        if (left.hasNext()) return left.next();
        throw new UsageException(name + " needs a value.");
    }

    boolean has(String option) {
        return values.containsKey(option);
    }

    Optional<String> value(String option) {
        return Optional.ofNullable(values.get(option));
    }

    /** @throws UsageException if there are more words than this */
    Options atMost(int count) {
        if (words.size() > count) throw new UsageException("\"" + words.get(count) + "\" is too much.");
        return this;
    }
}
