package io.farebox.ledger;

import io.farebox.gate.PriceVersions;
import io.farebox.servers.PostgresServer;
import io.farebox.servers.SharedPostgres;
import io.farebox.testkit.book.PriceVersionsContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract on one database that is emptied each time: a new one would take longer than the test. */
@ExtendWith(SharedPostgres.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PostgresPriceVersionsTest extends PriceVersionsContract {
    private final String url;
    private final JdbcBook only;

    PostgresPriceVersionsTest(PostgresServer server) {
        url = server.newDatabase();
        only = JdbcBook.open(url);
    }

    @Override
    protected PriceVersions open() {
        PostgresServer.execute(url, "delete from farebox_price_version");
        return only;
    }

    @AfterAll
    void close() {
        only.close();
    }
}
