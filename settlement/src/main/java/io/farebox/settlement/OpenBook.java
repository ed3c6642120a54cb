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
    /** @throws io.farebox.ledger.BookOpenException if it cannot be opened */
    static OpenBook of(FareboxConfig config) {
        JdbcBook book = JdbcBook.open(config.bookUrl().reveal());
        return new OpenBook(book, book, book.isShared() ? Replicas.several() : Replicas.none(), book::close);
    }
}
