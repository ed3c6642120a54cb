package io.farebox.ledger;

import io.farebox.servers.PostgresServer;
import io.farebox.servers.SharedPostgres;
import io.farebox.testkit.book.BalancesContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract on one database that is emptied each time, and on two books at once: replicas share it. */
@ExtendWith(SharedPostgres.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PostgresBalancesTest extends BalancesContract {
    private final String url;
    private final JdbcBook one;
    private final JdbcBook other;

    PostgresBalancesTest(PostgresServer server) {
        url = server.newDatabase();
        one = JdbcBook.open(url);
        other = JdbcBook.open(url);
    }

    @Override
    protected Opened open() {
        PostgresServer.execute(url, "truncate farebox_deposit, farebox_balance, farebox_debit, farebox_payment");
        return new Opened(new TwoBalances(one.balances(), other.balances()), other);
    }

    @AfterAll
    void close() {
        one.close();
        other.close();
    }
}
