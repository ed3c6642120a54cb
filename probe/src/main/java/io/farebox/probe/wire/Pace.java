package io.farebox.probe.wire;

import java.util.concurrent.locks.LockSupport;

/** Lets so many requests a second go, evenly, however many threads ask. Thread-safe. */
public final class Pace {
    private final long gap;
    private long next = System.nanoTime();

    /** @param perSecond at least 1 */
    public Pace(int perSecond) {
        this.gap = 1_000_000_000L / perSecond;
    }

    /** Waits for the turn of the calling thread. */
    void await() {
        long turn = turn();
        for (long left = turn - System.nanoTime(); left > 0; left = turn - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) return;
            LockSupport.parkNanos(left);
        }
    }

    private synchronized long turn() {
        long turn = Math.max(next, System.nanoTime());
        next = turn + gap;
        return turn;
    }
}
