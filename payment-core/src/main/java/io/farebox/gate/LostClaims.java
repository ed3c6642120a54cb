package io.farebox.gate;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Claims whose answer was lost. The client was told to come again, so what its claim may hold, a run that is owed above all, must not
 * wait for a lease to lapse: the payer's next authorization would be charged meanwhile. Each is asked for again until the book
 * answers, and given back. Thread-safe.
 */
final class LostClaims {
    private final Book book;
    private final InstantSource clock;
    private final Afterwards afterwards;

    LostClaims(Book book, InstantSource clock, Afterwards afterwards) {
        this.book = book;
        this.clock = clock;
        this.afterwards = afterwards;
    }

    /** Gives back what this claim holds, if anything, as soon as the book answers. Does not wait. */
    void giveBack(ClaimRequest request) {
        afterwards.retry(() -> isGivenBack(request), request.leaseUntil());
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
                case ClaimResult.Uncovered other -> {}
                case ClaimResult.NotKnown nothing -> {}
            }
            return true;
        } catch (BookUnavailableException e) {
            return false;
        }
    }
}
