package io.farebox.chain.lookup;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** How long answers usually take: a moving average of the latest, so that what takes much longer can be told. Thread-safe. */
final class UsualTime {
    private static final long WEIGHT = 8;
    private static final long MUCH = 3;

    private final long least;
    private final long most;
    private final AtomicLong average;

    /** @param first how long to wait before anything is known, and at least */
    UsualTime(Duration first, Duration most) {
        this.least = first.toNanos();
        this.most = most.toNanos();
        this.average = new AtomicLong(least / MUCH);
    }

    void took(long nanos) {
        average.updateAndGet(before -> before + (nanos - before) / WEIGHT);
    }

    /** After how long an answer is late. */
    Duration patience() {
        return Duration.ofNanos(Math.clamp(MUCH * average.get(), least, Math.max(least, most)));
    }
}
