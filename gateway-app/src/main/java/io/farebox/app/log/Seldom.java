package io.farebox.app.log;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Lets one line a second through and counts the others: an outage under load must not fill the disk. Thread-safe. */
public final class Seldom {
    private static final long EVERY = Duration.ofSeconds(1).toNanos();

    private final AtomicLong next = new AtomicLong(System.nanoTime());
    private final AtomicLong skipped = new AtomicLong();

    /** @param line is told how many before it were not written */
    public void log(LongConsumer line) {
        long now = System.nanoTime();
        long due = next.get();
        if (now - due < 0 || !next.compareAndSet(due, now + EVERY)) skipped.incrementAndGet();
        else line.accept(skipped.getAndSet(0));
    }
}
