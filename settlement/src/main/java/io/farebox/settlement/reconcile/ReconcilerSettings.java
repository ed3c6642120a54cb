package io.farebox.settlement.reconcile;

import java.time.Duration;

/**
 * @param owner names this process in the book
 * @param every how long it rests between passes
 * @param lease how long a row that was taken over is ours; longer than a look-up and a call to settle together
 * @param atOnce how many rows are worked on at a time
 * @param margin how long after its window a payment might still turn up: clocks differ, and blocks come late
 * @param owedTtl how long what is owed can be had
 * @param lapseEvery how often what is owed is looked through for what has lapsed
 */
public record ReconcilerSettings(
        String owner,
        Duration every,
        Duration lease,
        int atOnce,
        Duration margin,
        Duration owedTtl,
        Duration lapseEvery) {
    /** A pass every 2 s, 64 rows at a time with a lease of 2 min, 5 min of margin, 24 h to fetch what is owed. */
    public static ReconcilerSettings defaults(String owner) {
        return new ReconcilerSettings(
                owner,
                Duration.ofSeconds(2),
                Duration.ofMinutes(2),
                64,
                Duration.ofMinutes(5),
                Duration.ofHours(24),
                Duration.ofHours(1));
    }
}
