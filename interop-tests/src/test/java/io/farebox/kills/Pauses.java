package io.farebox.kills;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Time that work takes. */
final class Pauses {
    private Pauses() {}

    /** As long as chance wants. */
    static void upTo(Duration most) {
        if (most.isPositive()) LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most.toNanos()));
    }

    static void of(Duration time) {
        Instant end = Instant.now().plus(time);
        for (Instant now = Instant.now(); now.isBefore(end); now = Instant.now())
            LockSupport.parkNanos(Duration.between(now, end).toNanos());
    }
}
