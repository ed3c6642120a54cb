package io.farebox.ledger;

import io.farebox.gate.Book;
import io.farebox.gate.BookDesk;
import io.farebox.servers.PostgresServer;
import io.farebox.servers.SharedPostgres;
import io.farebox.testkit.book.BookContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract on one database that is emptied each time: a new one would take longer than the test. */
@ExtendWith(SharedPostgres.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PostgresBookTest extends BookContract {
    private final String url;
    private final JdbcBook only;

    PostgresBookTest(PostgresServer server) {
        url = server.newDatabase();
        only = JdbcBook.open(url);
    }

    @Override
    protected Book open() {
        PostgresServer.execute(url, "delete from farebox_payment");
        PostgresServer.execute(url, "delete from farebox_payment_identifier");
        PostgresServer.execute(url, "delete from farebox_payer_refusal");
        return only;
    }

    @Override
    protected BookDesk desk(Book opened) {
        return ((JdbcBook) opened).desk();
    }

    @AfterAll
    void close() {
        only.close();
    }
}
