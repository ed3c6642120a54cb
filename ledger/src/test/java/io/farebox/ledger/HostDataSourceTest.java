package io.farebox.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.farebox.gate.ClaimResult;
import io.farebox.servers.PostgresServer;
import io.farebox.servers.SharedPostgres;
import io.farebox.testkit.book.SampleClaim;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A book over the connections of the application that it is in. */
@ExtendWith(SharedPostgres.class)
final class HostDataSourceTest {
    private static HikariDataSource host(String url, boolean autoCommit) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(3);
        config.setAutoCommit(autoCommit);
        return new HikariDataSource(config);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void connections_areLentAndGivenBackAsTheyWere(boolean autoCommit, PostgresServer server) throws Exception {
        try (HikariDataSource host = host(server.newDatabase(), autoCommit)) {
            try (JdbcBook book = JdbcBook.open(host)) {
                assertThat(book.claim(SampleClaim.of("first").toRequest())).isInstanceOf(ClaimResult.Claimed.class);
                assertThat(book.find("first")).isPresent();
                Instant end = Instant.now().plus(Duration.ofSeconds(10));
                while (host.getHikariPoolMXBean().getActiveConnections() > 0)
                    assertThat(Instant.now()).isBefore(end);
                assertThat(book.claim(SampleClaim.of("second").request("second").toRequest()))
                        .isInstanceOf(ClaimResult.Claimed.class);
            }
            try (Connection connection = host.getConnection()) {
                assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
                assertThat(connection.getNetworkTimeout()).isZero();
            }
        }
    }

    @Test
    void otherDatabases_areRefused() {
        try (HikariDataSource host = host("jdbc:h2:mem:host", true)) {
            assertThatExceptionOfType(BookOpenException.class)
                    .isThrownBy(() -> JdbcBook.open(host))
                    .withMessageContaining("leads to H2")
                    .withMessageContaining("needs PostgreSQL");
        }
    }
}
