package io.farebox.app.command.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an audit asks the book. */
public interface BookSide {
    /** What was charged, or taken back, of what was first claimed in this time; the end is not part of it. */
    List<BookRow> charged(Instant from, Instant until);

    /** The payment with this identity. */
    Optional<BookRow> byKey(String key);
}
