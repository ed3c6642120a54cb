package io.farebox.gate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;

/**
 * Claims whose answer was lost. The client was told to come again, so what its claim may hold, a run that is owed above all, must not
 * wait for a lease to lapse: the payer's next authorization would be charged meanwhile. Each is asked for again until the book
 * answers, and given back. Thread-safe.
 */
final class LostClaims {
    /** More than that are left to their leases. */
    private static final int MOST = 2_000;

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Book book;
    private final InstantSource clock;
    private final Pause pause;
    private final Semaphore room = new Semaphore(MOST);

    LostClaims(Book book, InstantSource clock, Pause pause) {
        this.book = book;
        this.clock = clock;
        this.pause = pause;
    }

    /** Gives back what this claim holds, if anything, as soon as the book answers. Does not wait. */
    void giveBack(ClaimRequest request) {
        if (!room.tryAcquire()) return;
        Thread.ofVirtual().name("farebox-lost-claim").start(() -> {
            try {
                while (clock.instant().isBefore(request.leaseUntil()) && !isGivenBack(request) && pause.pause(PAUSE)) {
                    // The book is still away.
                }
            } finally {
                room.release();
            }
        });
    }

    /** @return false if the book does not answer */
    private boolean isGivenBack(ClaimRequest request) {
        Instant now = clock.instant();
        try {
            switch (book.claim(request.again(now))) {
                case ClaimResult.Claimed held -> book.released(held.claim(), "answer_lost", now);
                case ClaimResult.Owed held -> book.released(held.claim(), "answer_lost", now);
                case ClaimResult.InFlight other -> {}
                case ClaimResult.InDoubt other -> {}
                case ClaimResult.AlreadyPaid other -> {}
                case ClaimResult.IdentifierTaken other -> {}
                case ClaimResult.Spent other -> {}
                case ClaimResult.NotKnown nothing -> {}
            }
            return true;
        } catch (BookUnavailableException e) {
            return false;
        }
    }
}
