package io.farebox.settlement.reconcile;

import io.farebox.gate.FinalityLookup.Standing;
import io.farebox.gate.PaymentRecord;
import io.farebox.x402.Network;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When to look at a charged payment again. How far the final block of a network is behind is learnt from the looks, so that most
 * payments are looked at once. Holds one number for each network. Thread-safe.
 */
final class LookTimes {
    private static final Duration LEAST = Duration.ofSeconds(30);
    private static final Duration MOST = Duration.ofHours(1);
    private static final Duration LEAST_AFTER_NOTHING = Duration.ofMinutes(1);
    private static final Duration MOST_AFTER_NOTHING = Duration.ofHours(6);

    private final Map<Network, Duration> behind = new ConcurrentHashMap<>();

    /** Before this its block is most likely not final yet. */
    Instant notBefore(PaymentRecord row) {
        return row.createdAt().plus(behind.getOrDefault(row.network(), Duration.ZERO));
    }

    Instant afterWaiting(PaymentRecord row, Standing.Waiting waits, Instant now) {
        behind.put(row.network(), within(Duration.ZERO, Duration.between(waits.finalUpTo(), now), MOST));
        return now.plus(within(LEAST, Duration.between(waits.finalUpTo(), waits.minedAt()), MOST));
    }

    /** The pause grows with the payment's age, so that nothing needs to be counted and a restart changes nothing. */
    Instant afterNothing(PaymentRecord row, Instant now) {
        Duration half = Duration.between(row.createdAt(), now).dividedBy(2);
        return now.plus(within(LEAST_AFTER_NOTHING, half, MOST_AFTER_NOTHING));
    }

    private static Duration within(Duration least, Duration wanted, Duration most) {
        if (wanted.compareTo(least) < 0) return least;
        return wanted.compareTo(most) > 0 ? most : wanted;
    }
}
