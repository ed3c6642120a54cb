package io.farebox.settlement.http;

import io.farebox.gate.FacilitatorUnavailableException;
import io.farebox.gate.Pause;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks one facilitator what it supports, again and again; so there is never more than one such call under way. */
final class SupportedLoop implements AutoCloseable {
    private static final Logger LOG = System.getLogger(SupportedLoop.class.getName());
    private static final Duration WELL = Duration.ofMinutes(5);
    private static final Duration ILL = Duration.ofSeconds(10);

    private final HttpFacilitator facilitator;
    private final Pause pause;
    private final Runnable heard;
    private final CountDownLatch first = new CountDownLatch(1);
    private boolean failing;
    private volatile boolean reached = true;
    private volatile boolean closed;
    private volatile @Nullable Thread thread;

    /** @param heard called after every round */
    SupportedLoop(HttpFacilitator facilitator, Pause pause, Runnable heard) {
        this.facilitator = facilitator;
        this.pause = pause;
        this.heard = heard;
    }

    void start() {
        thread =
                Thread.ofVirtual().name("farebox-supported-" + facilitator.id()).start(this::run);
    }

    private void run() {
        boolean waited = true;
        while (waited && !closed) {
            boolean well = load();
            first.countDown();
            heard.run();
            waited = pause.pause(well ? WELL : ILL);
        }
    }

    /** @return whether it was asked once within the time */
    boolean awaitFirst(long nanos) {
        try {
            return first.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    HttpFacilitator facilitator() {
        return facilitator;
    }

    /** Whether it answered when it was asked last, and no payment has found since that it does not. */
    boolean isAnswered() {
        return reached && !facilitator.isDown();
    }

    /** One round. @return whether all is well until the next regular one */
    boolean load() {
        try {
            boolean taken = facilitator.load();
            failing = false;
            reached = true;
            return taken;
        } catch (FacilitatorUnavailableException e) {
            if (!failing && !closed) LOG.log(Level.WARNING, "no answer to /supported, asking on: {0}", e.getMessage());
            failing = true;
            // Some have no /supported, and say so.
            reached = e.reason().equals("status_404") || e.reason().equals("bad_answer");
            return false;
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    "asking for /supported failed, asking on: {0}",
                    e.getClass().getName());
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        Thread running = thread;
        if (running != null) running.interrupt();
    }
}
