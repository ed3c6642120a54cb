package io.farebox.settlement;

import java.time.Duration;

/**
 * How replicas that share a book agree on prices.
 *
 * @param shared whether there may be others at all
 * @param every how often the others are heard
 * @param lead how long a version is known to the others before it is offered: more than two rounds of hearing
 * @param lease for how long what is offered counts as offered without a sign of life
 */
record Replicas(boolean shared, Duration every, Duration lead, Duration lease) {
    private static final Duration LEASE = Duration.ofSeconds(45);

    /** For a book that one process owns. What it offered before its last stop still counts. */
    static Replicas none() {
        return new Replicas(false, Duration.ZERO, Duration.ZERO, LEASE);
    }

    /** For a book that several processes may share. */
    static Replicas several() {
        return new Replicas(true, Duration.ofSeconds(1), Duration.ofMillis(2_500), LEASE);
    }
}
