package io.farebox.app.health;

import io.farebox.gate.GateEvent;
import io.farebox.gate.GateListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Remembers for a while that a payment could not be written down: a full disk shows in writes only. Thread-safe. */
final class BookTrouble implements GateListener {
    private static final String BOOK_DOWN = "book_unavailable";
    private static final Duration MEMORY = Duration.ofMinutes(1);

    private final InstantSource clock;
    private volatile @Nullable Instant last;

    BookTrouble(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void on(GateEvent event) {
        switch (event) {
            case GateEvent.Unavailable(String route, String reason)
            when reason.equals(BOOK_DOWN) -> last = clock.instant();
            case GateEvent.Claimed claimed -> last = null;
            case GateEvent.Settled settled -> last = null;
            default -> {
                // Says nothing of the book.
            }
        }
    }

    boolean isRecent() {
        Instant when = last;
        return when != null && when.plus(MEMORY).isAfter(clock.instant());
    }
}
