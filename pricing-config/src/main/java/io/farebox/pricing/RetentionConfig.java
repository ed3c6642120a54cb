package io.farebox.pricing;

import java.time.Duration;

/**
 * How long the book keeps what is at rest.
 *
 * @param paid payments that were charged
 * @param unpaid payments that were never charged
 */
public record RetentionConfig(Duration paid, Duration unpaid) {
    /** Unless configured. */
    public static final RetentionConfig DEFAULT = new RetentionConfig(Duration.ofDays(400), Duration.ofDays(30));

    /** The shortest that may be configured: beyond every window in which a payment can be charged or fetched. */
    public static final Duration LEAST = Duration.ofDays(2);
}
