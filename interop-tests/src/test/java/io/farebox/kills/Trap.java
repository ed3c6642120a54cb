package io.farebox.kills;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills a process when a payment comes to a point, while enough others are in flight. The thread that sees the payment there
 * pulls the trigger itself, so that nothing comes between. Armed once; thread-safe.
 */
final class Trap {
    private static final int LEAST_PASS = 20;
    private static final int MOST_PASS = 60;
    private static final Duration ANSWER_TRAVELS = Duration.ofMillis(3);

    private final KillPoint point;
    private final int others;
    private final Runnable kill;
    private final AtomicInteger inFlight;
    private final AtomicInteger toPass =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(LEAST_PASS, MOST_PASS));
    private final CountDownLatch sprung = new CountDownLatch(1);
    private final AtomicInteger pulls = new AtomicInteger();
    private volatile int flyingAtTheKill;

    /**
     * @param others how many payments must be in flight besides the one at the point
     * @param inFlight how many are
     */
    Trap(KillPoint point, int others, AtomicInteger inFlight, Runnable kill) {
        this.point = point;
        this.others = others;
        this.inFlight = inFlight;
        this.kill = kill;
    }

    /** A payment is there. @return whether the process was killed for it */
    boolean at(KillPoint here) {
        if (here != point || inFlight.get() <= others || toPass.getAndDecrement() > 0) return false;
        if (pulls.getAndIncrement() > 0) return false;
        // An answer that was written may or may not have been read: both are to happen.
        if (here == KillPoint.VERIFY_ANSWERED
                || here == KillPoint.SETTLE_ANSWERED
                || here == KillPoint.RESOURCE_ANSWERED)
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(ANSWER_TRAVELS.toNanos()));
        flyingAtTheKill = inFlight.get();
        kill.run();
        sprung.countDown();
        return true;
    }

    void awaitSprung(Duration atMost) throws InterruptedException {
        if (!sprung.await(atMost.toNanos(), TimeUnit.NANOSECONDS))
            throw new AssertionError("no payment came to " + point + " with " + others + " others in flight; now "
                    + inFlight.get() + " are");
    }

    /** How many payments were in flight when it killed. */
    int flyingAtTheKill() {
        return flyingAtTheKill;
    }
}
