package io.farebox.gate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A page of a shelf.
 *
 * @param from payments first claimed at or after this instant
 * @param until payments first claimed before this instant
 * @param after the last one of the page before; null for the first page
 * @param limit how many at most, 1 to {@value #MOST}
 */
public record DeskQuery(
        Shelf shelf, Instant from, Instant until, @Nullable DeskCursor after, int limit) {
    /** The longest page. */
    public static final int MOST = 500;

    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

    public DeskQuery {
        if (limit < 1 || limit > MOST) throw new IllegalArgumentException("limit must be 1 to " + MOST);
    }

    /** The first page of a shelf. */
    public static DeskQuery of(Shelf shelf, int limit) {
        return new DeskQuery(shelf, Instant.EPOCH, LAST, null, limit);
    }

    /** The page after a payment. */
    public DeskQuery after(@Nullable DeskCursor last) {
        return new DeskQuery(shelf, from, until, last, limit);
    }

    /** Only what was first claimed in this time; the end is not part of it. */
    public DeskQuery between(Instant newFrom, Instant newUntil) {
        return new DeskQuery(shelf, newFrom, newUntil, after, limit);
    }
}
