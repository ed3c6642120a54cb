package io.farebox.pricing;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations with their unit: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}, {@code 2d}; longer than nothing. */
final class Spans {
    static final String PATTERN = "[1-9][0-9]{0,8}(ms|s|m|h|d)";
    private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m|h|d)");

    private Spans() {}

    static Optional<Duration> parse(String text) {
        Matcher matcher = SPAN.matcher(text);
        if (!matcher.matches()) return Optional.empty();
        long count = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                });
    }

    /** As it would be written, in the largest unit that shows all of it. */
    static String text(Duration span) {
        long millis = span.toMillis();
        if (millis % 1000 != 0) return millis + "ms";
        long seconds = millis / 1000;
        if (seconds % 60 != 0) return seconds + "s";
        if (seconds % 3600 != 0) return seconds / 60 + "m";
        return seconds % 86_400 != 0 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    }
}
