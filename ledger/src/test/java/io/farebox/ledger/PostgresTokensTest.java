package io.farebox.ledger;

import io.farebox.gate.Token;
import io.farebox.gate.Tokens;
import io.farebox.servers.PostgresServer;
import io.farebox.servers.SharedPostgres;
import io.farebox.testkit.book.TokensContract;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract on one database that is emptied each time, and on two books by turns: replicas share it. */
@ExtendWith(SharedPostgres.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PostgresTokensTest extends TokensContract {
    private final String url;
    private final JdbcBook one;
    private final JdbcBook other;

    PostgresTokensTest(PostgresServer server) {
        url = server.newDatabase();
        one = JdbcBook.open(url);
        other = JdbcBook.open(url);
    }

    @Override
    protected Tokens open() {
        PostgresServer.execute(url, "truncate farebox_token");
        return new ByTurns(one.tokens(), other.tokens());
    }

    @AfterAll
    void close() {
        one.close();
        other.close();
    }

    /** What one replica has written, the other reads. */
    private record ByTurns(Tokens one, Tokens other) implements Tokens {
        @Override
        public void issue(String digest, Token token) {
            one.issue(digest, token);
        }

        @Override
        public Optional<Token> find(String digest) {
            return other.find(digest);
        }

        @Override
        public boolean revoke(String digest, Instant now) {
            return other.revoke(digest, now);
        }
    }
}
