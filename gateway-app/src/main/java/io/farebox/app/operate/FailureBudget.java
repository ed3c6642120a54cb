package io.farebox.app.operate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How many wrong credentials are answered as such. One counter for all callers: nothing that strangers send makes it grow, and who
 * shows a right credential is never kept waiting. Thread-safe.
 */
final class FailureBudget {
    static final int MOST = 20;
    static final Duration REFILL = Duration.ofSeconds(10);

    private final InstantSource clock;
    private Instant since;
    private int spent;

    FailureBudget(InstantSource clock) {
        this.clock = clock;
        this.since = clock.instant();
    }

    /** Counts one failure. @return whether there was room for it */
    synchronized boolean spend() {
        Instant now = clock.instant();
        if (!now.isBefore(since.plus(REFILL))) {
            since = now;
            spent = 0;
        }
        if (spent >= MOST) return false;
        spent++;
        return true;
    }
}
