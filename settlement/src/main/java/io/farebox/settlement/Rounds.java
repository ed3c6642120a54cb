package io.farebox.settlement;

import io.farebox.gate.Pause;
import java.time.Duration;

/** Does the same again and again, on a thread of its own, until closed. */
final class Rounds implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Rounds.class.getName());

    private final Runnable round;
    private final Duration every;
    private final Pause pause;
    private final Thread thread;
    private volatile boolean closed;

    Rounds(String name, Runnable round, Duration every, Pause pause) {
        this.round = round;
        this.every = every;
        this.pause = pause;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!closed && pause.pause(every)) {
            try {
                round.run();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "a round of {0} failed, going on", thread.getName(), e);
            }
        }
    }

    /** Waits for the round under way. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
