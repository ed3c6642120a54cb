package io.farebox.chain.lookup;

import java.time.Duration;

/**
 * What a look-up may cost.
 *
 * @param call the longest that one exchange with a node takes
 * @param patience after how long the next node is asked beside one that has not answered, at least
 * @param whole the longest that a look-up takes with all its exchanges and nodes
 */
record LookupLimits(Duration call, Duration patience, Duration whole) {
    /** Bytes of a reply that are read at most; the receipt of a transaction that settles hundreds of payments fits. */
    static final int MAX_REPLY = 1024 * 1024;

    /** Waits for each node as long as one exchange may take. */
    LookupLimits(Duration call, Duration whole) {
        this(call, call, whole);
    }

    static LookupLimits defaults() {
        return new LookupLimits(Duration.ofSeconds(3), Duration.ofMillis(500), Duration.ofSeconds(10));
    }
}
