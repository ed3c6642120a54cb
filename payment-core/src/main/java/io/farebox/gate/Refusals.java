package io.farebox.gate;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Payers whose payments were refused at settlement again and again: each refusal cost a run of the resource, so they settle before it
 * runs. Shared by replicas through the book; what is known here may be {@link #FRESH} old. Thread-safe.
 */
final class Refusals {
    /** So many refusals within {@link Book#REFUSALS_KEPT} of each other. */
    static final int ENOUGH = 3;

    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final System.Logger LOG = System.getLogger(Refusals.class.getName());

    private final Book book;
    private final InstantSource clock;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Set<String> payers = Set.of();
    private volatile Instant readAt = Instant.MIN;

    Refusals(Book book, InstantSource clock) {
        this.book = book;
        this.clock = clock;
    }

    /** Whether the payer must settle first. May ask the book; if that is away, what was known last counts. */
    boolean areMany(String payer) {
        if (!clock.instant().isBefore(readAt.plus(FRESH)) && reading.tryLock()) {
            try {
                read();
            } finally {
                reading.unlock();
            }
        }
        return payers.contains(payer);
    }

    private void read() {
        // Whatever comes of it: a book that is away is not asked for every payment.
        readAt = clock.instant();
        try {
            payers = Set.copyOf(book.refusedPayers(ENOUGH, readAt));
        } catch (BookUnavailableException e) {
            LOG.log(System.Logger.Level.DEBUG, "payers who must settle first could not be read", e);
        }
    }

    /** A facilitator has refused to settle a payment of this payer. */
    void count(String payer) {
        try {
            book.countRefusal(payer, clock.instant());
            readAt = Instant.MIN;
        } catch (BookUnavailableException e) {
            LOG.log(System.Logger.Level.DEBUG, "a refused settlement could not be counted", e);
        }
    }
}
