package io.farebox.ledger;

import static io.farebox.testkit.book.SampleClaim.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Claim;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.servers.PostgresServer;
import io.farebox.servers.SharedPostgres;
import io.farebox.testkit.book.SampleClaim;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a payment costs the server, and what its commits are worth. */
@ExtendWith(SharedPostgres.class)
final class PostgresCommitsTest {
    private final String url;

    PostgresCommitsTest(PostgresServer server) {
        url = server.newDatabase();
    }

    /** Transactions that write are numbered; asking takes a number, too. */
    private long written() {
        return Long.parseLong(
                PostgresServer.query(url, "select pg_current_xact_id()").getFirst());
    }

    @Test
    void paymentAlone_takesThreeCommitsUntilItIsSettled_andOneAfterwards() {
        try (JdbcBook book = JdbcBook.open(url)) {
            long before = written();
            Claim claim =
                    ((ClaimResult.Claimed) book.claim(SampleClaim.of("alone").toRequest())).claim();
            book.settling(claim, "dev", at(40), at(1));
            book.settled(claim, SampleClaim.receipt("0x1"), DeliveryState.RUNNING, at(1000), at(2));
            long settled = written();
            book.delivered(claim, at(3));
            long delivered = written();

            assertThat(settled - before - 1).isEqualTo(3);
            assertThat(delivered - settled - 1).isEqualTo(1);
        }
    }

    /** The server of these tests has it switched off, as a database for less important things may. */
    @Test
    void commits_areAnsweredWhenTheyAreDurable() {
        assertThat(PostgresServer.query(url, "show synchronous_commit")).containsExactly("off");

        assertThat(said("show synchronous_commit")).isEqualTo("on");
        assertThat(said("show transaction_isolation")).isEqualTo("read committed");
        assertThat(said("show lock_timeout")).isEqualTo("3s");
        assertThat(said("show idle_in_transaction_session_timeout")).isEqualTo("3s");
    }

    @Test
    void strongerSettings_areLeftAsTheyAre() {
        String database = url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
        PostgresServer.execute(url, "alter database " + database + " set synchronous_commit = remote_apply");
        PostgresServer.execute(url, "alter database " + database + " set default_transaction_isolation = serializable");

        assertThat(said("show synchronous_commit")).isEqualTo("remote_apply");
        assertThat(said("show transaction_isolation")).isEqualTo("read committed");
    }

    private String said(String sql) {
        try (Disk disk = PostgresDisk.open(PostgresUrl.parse(url), 1);
                GroupCommit writer = new GroupCommit(disk, 10, Duration.ofSeconds(20))) {
            writer.start();
            return writer.call(new Touched(List.of("a", "b"), null), session -> {
                List<String> found = new ArrayList<>();
                try (ResultSet row = session.statement(sql).executeQuery()) {
                    while (row.next()) found.add(row.getString(1));
                }
                return found.getFirst();
            });
        }
    }
}
