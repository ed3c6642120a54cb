package io.farebox.gate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * What a request could not write because the book was away, and nobody waits for any more: it is tried again for a while. Then the
 * reconciler sees to the row. Thread-safe.
 */
final class Afterwards {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final InstantSource clock;
    private final Pause pause;
    private final Semaphore room;

    /** @param most more than that at once are left to the reconciler */
    Afterwards(InstantSource clock, Pause pause, int most) {
        this.clock = clock;
        this.pause = pause;
        this.room = new Semaphore(most);
    }

    /**
     * Does not wait.
     *
     * @param attempt false if the book does not answer
     * @return false if there is no room
     */
    boolean retry(BooleanSupplier attempt, Instant until) {
        if (!room.tryAcquire()) return false;
        Thread.ofVirtual().name("farebox-afterwards").start(() -> {
            try {
                while (clock.instant().isBefore(until) && !attempt.getAsBoolean() && pause.pause(PAUSE)) {
                    // The book is still away.
                }
            } finally {
                room.release();
            }
        });
        return true;
    }
}
