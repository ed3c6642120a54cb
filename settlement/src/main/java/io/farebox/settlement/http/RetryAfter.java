package io.farebox.settlement.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads {@code Retry-After}, given in seconds; a date is not worth a parser here and counts as the default. */
final class RetryAfter {
    private static final Duration DEFAULT = Duration.ofSeconds(5);
    private static final long MOST_SECONDS = 60;

    private RetryAfter() {}

    /** Between 1 and 60 seconds; null if there is no header. */
    static @Nullable Duration read(@Nullable String header) {
        if (header == null) return null;
        String text = header.strip();
        boolean number = !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!number) return DEFAULT;
        return Duration.ofSeconds(Math.clamp(Long.parseLong(text), 1, MOST_SECONDS));
    }
}
