package io.farebox.settlement;

import io.farebox.gate.BalanceDesk;
import io.farebox.gate.Balances;
import io.farebox.gate.Book;
import io.farebox.gate.BookDesk;
import io.farebox.gate.PriceVersions;
import io.farebox.gate.Tokens;
import io.farebox.ledger.FinishedBook;
import io.farebox.ledger.JdbcBook;
import io.farebox.ledger.redis.RedisBook;
import io.farebox.outbox.Outbox;
import io.farebox.pricing.ClaimsConfig;
import io.farebox.pricing.FareboxConfig;
import org.jspecify.annotations.Nullable;

/**
 * An open book.
 *
 * @param tokens prepaid credentials; null if they cannot be kept here
 * @param balanceDesk what people do with balances; null if nothing can be done
 * @param outbox what our own facilitator has sent; null if it cannot be kept here
 * @param replicas whether other processes may have it open too
 * @param close lets go of it
 */
record OpenBook(
        Book payments,
        BookDesk desk,
        Balances balances,
        @Nullable Tokens tokens,
        @Nullable BalanceDesk balanceDesk,
        PriceVersions versions,
        @Nullable Outbox outbox,
        Replicas replicas,
        Runnable close) {
    /** A book without tokens and outbox. */
    OpenBook(
            Book payments,
            BookDesk desk,
            Balances balances,
            PriceVersions versions,
            Replicas replicas,
            Runnable close) {
        this(payments, desk, balances, null, null, versions, null, replicas, close);
    }

    /** @throws io.farebox.ledger.BookOpenException if it cannot be opened, or the Redis of its claims cannot */
    static OpenBook of(FareboxConfig config) {
        JdbcBook book = JdbcBook.open(config.bookUrl().reveal());
        ClaimsConfig claims = config.claims();
        return claims == null ? of(book, book, book::close) : withClaims(book, claims);
    }

    private static OpenBook withClaims(JdbcBook book, ClaimsConfig claims) {
        try {
            RedisBook payments = RedisBook.open(book, claims.url().reveal(), claims.prefix());
            return of(book, payments, () -> {
                payments.close();
                book.close();
            });
        } catch (RuntimeException e) {
            book.close();
            throw e;
        }
    }

    private static OpenBook of(JdbcBook book, Book payments, Runnable close) {
        Replicas replicas = book.isShared() ? Replicas.several() : Replicas.none();
        return new OpenBook(
                new FinishedBook(payments, close),
                book.desk(),
                book.balances(),
                book.tokens(),
                book.balanceDesk(),
                book,
                book.outbox(),
                replicas,
                close);
    }
}
