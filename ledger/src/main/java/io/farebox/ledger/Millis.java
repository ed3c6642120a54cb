package io.farebox.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Instants as the book keeps them: milliseconds since 1970. */
final class Millis {
    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private Millis() {}

    /** A payer may sign a window that ends later than milliseconds can tell: then it ends at the last of them. */
    static long of(Instant instant) {
        return instant.isAfter(LAST) ? Long.MAX_VALUE : instant.toEpochMilli();
    }

    static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
