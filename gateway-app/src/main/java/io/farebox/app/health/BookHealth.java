package io.farebox.app.health;

import io.farebox.gate.Book;
import io.farebox.gate.BookUnavailableException;
import java.time.Instant;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether the book can be written: a commit that changes nothing goes the way of all others. */
final class BookHealth implements HealthIndicator {
    private final Book book;
    private final BookTrouble trouble;

    BookHealth(Book book, BookTrouble trouble) {
        this.book = book;
        this.trouble = trouble;
    }

    @Override
    public Health health() {
        if (trouble.isRecent())
            return Health.down().withDetail("reason", "payments_not_written").build();
        try {
            // Nothing that is owed lapsed so long ago.
            book.lapseOwed(Instant.EPOCH);
            return Health.up().build();
        } catch (BookUnavailableException e) {
            return Health.down().withDetail("reason", "book_unavailable").build();
        }
    }
}
