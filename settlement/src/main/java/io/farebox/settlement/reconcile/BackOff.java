package io.farebox.settlement.reconcile;

import io.farebox.gate.PaymentRecord;
import java.time.Duration;
import java.time.Instant;

/**
 * When to ask again. The pause grows with the age of the row, so that nothing needs to be counted and a restart changes
 * nothing: from 2 s to 30 s while the payment can be charged, then up to 10 min.
 */
final class BackOff {
    private static final Duration LEAST = Duration.ofSeconds(2);
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final Duration MOST_AFTERWARDS = Duration.ofMinutes(10);

    private BackOff() {}

    static Instant next(PaymentRecord row, Instant windowEnd, Instant now) {
        return now.isBefore(windowEnd)
                ? now.plus(within(LEAST, half(row.createdAt(), now), MOST))
                : now.plus(within(MOST, half(windowEnd, now), MOST_AFTERWARDS));
    }

    private static Duration half(Instant from, Instant to) {
        return Duration.between(from, to).dividedBy(2);
    }

    private static Duration within(Duration least, Duration wanted, Duration most) {
        if (wanted.compareTo(least) < 0) return least;
        return wanted.compareTo(most) > 0 ? most : wanted;
    }
}
