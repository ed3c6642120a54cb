package io.farebox.gate;

import java.time.Duration;

/** Port: waits. Real hosts sleep on a virtual thread; tests move their clock. */
@FunctionalInterface
public interface Pause {
    /** Waits this long. Returns false if the thread was interrupted; the interrupt flag is kept. */
    boolean pause(Duration duration);

    /** Sleeps. */
    static Pause sleeping() {
        return duration -> {
            try {
                Thread.sleep(duration);
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        };
    }
}
