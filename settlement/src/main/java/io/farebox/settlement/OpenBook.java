package io.farebox.settlement;

import io.farebox.gate.Book;
import io.farebox.gate.PriceVersions;
import io.farebox.ledger.JdbcBook;
import io.farebox.pricing.FareboxConfig;

/**
 * An open book.
 *
 * @param replicas whether other processes may have it open too
 * @param close lets go of it
 */
record OpenBook(Book payments, PriceVersions versions, Replicas replicas, Runnable close) {
    private static final String ONE_PROCESS = "jdbc:h2:";

    /** @throws io.farebox.ledger.BookOpenException if it cannot be opened */
    static OpenBook of(FareboxConfig config) {
        String url = config.bookUrl().reveal();
        JdbcBook book = JdbcBook.open(url);
        return new OpenBook(
                book, book, url.startsWith(ONE_PROCESS) ? Replicas.none() : Replicas.several(), book::close);
    }
}
