package io.farebox.settlement.http;

import java.time.Duration;

/** Waiting, so that tests need not. */
@FunctionalInterface
public interface Pause {
    /** Returns after this time. @throws InterruptedException when it should end at once */
    void pause(Duration time) throws InterruptedException;

    /** Really waits. */
    static Pause sleeping() {
        return Thread::sleep;
    }
}
