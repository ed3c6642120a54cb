package io.farebox.testkit.host;

import io.farebox.gate.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** The real time and whatever was waited for: pauses take none. */
final class ShiftingClock implements InstantSource, Pause {
    private final AtomicLong shift = new AtomicLong();

    @Override
    public Instant instant() {
        return Instant.now().plusNanos(shift.get());
    }

    @Override
    public boolean pause(Duration duration) {
        shift.addAndGet(duration.toNanos());
        return true;
    }
}
