package io.farebox.settlement.operate;

import io.farebox.gate.BookDesk;
import io.farebox.gate.Pause;
import io.farebox.gate.Retention;
import io.farebox.pricing.RetentionConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Deletes what the book need not keep any longer, in small batches with rests between them, so that payments hardly notice. Of
 * several processes on a book, one deletes at a time. Used by one thread.
 */
public final class Housekeeping implements Runnable {
    /** How often it is looked after. */
    public static final Duration EVERY = Duration.ofMinutes(10);

    /** How long after its window a payment is kept in any case: clocks differ, and what is charged may become known late. */
    static final Duration MARGIN = Duration.ofHours(1);

    static final int BATCH = 200;
    private static final Duration REST = Duration.ofSeconds(1);
    private static final System.Logger LOG = System.getLogger(Housekeeping.class.getName());

    private final BookDesk desk;
    private final RetentionConfig retention;
    private final InstantSource clock;
    private final Pause pause;

    public Housekeeping(BookDesk desk, RetentionConfig retention, InstantSource clock, Pause pause) {
        this.desk = desk;
        this.retention = retention;
        this.clock = clock;
        this.pause = pause;
    }

    /** Deletes until nothing is left that is old enough. @throws io.farebox.gate.BookUnavailableException if the book fails */
    @Override
    public void run() {
        long all = 0;
        int gone;
        do {
            gone = desk.forget(due(clock.instant()), BATCH);
            all += gone;
        } while (gone == BATCH && pause.pause(REST));
        if (all > 0) LOG.log(System.Logger.Level.INFO, "{0} old payments were deleted from the book", all);
    }

    private Retention due(Instant now) {
        return new Retention(now.minus(retention.unpaid()), now.minus(retention.paid()), now.minus(MARGIN));
    }
}
