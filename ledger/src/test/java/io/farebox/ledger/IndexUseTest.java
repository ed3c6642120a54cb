package io.farebox.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No statement of the book reads finished payments that it does not ask for, however many there are. */
class IndexUseTest {
    private static final int FINISHED = 5_000;
    private static final Pattern SCANNED = Pattern.compile("scanCount: (\\d+)");

    @TempDir
    private Path folder;

    private Connection connection;

    @BeforeEach
    void fill() throws SQLException {
        String url = "jdbc:h2:file:" + folder.resolve("book");
        JdbcBook.open(url).close();
        connection = DriverManager.getConnection(url, "FAREBOX", "");
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "insert into farebox_payment (payment_key, payment_id, fence, version, state, delivery, payer,"
                            + " network, asset, amount, pay_to, route_id, price_version, request_digest, valid_before, tx_key,"
                            + " releases, owner, lease_until, settled_at, owed_until, created_at, updated_at)"
                            + " select 'key' || x, x, 1, 4, 'SETTLED', 'COMPLETE', 'payer', 'eip155:8453', 'asset', 1, 'to',"
                            + " 'route', 'version', 'request', 1, 'tx' || x, 0, 'owner', 1, 1, 1, 1, 1 from system_range(1, "
                            + FINISHED + ")");
        }
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void claim() throws SQLException {
        assertThat(scanned(BookSession.RELATED, "key7", "key7", "payer", "request", "route"))
                .isLessThan(10);
    }

    @Test
    void draw() throws SQLException {
        assertThat(scanned(Covering.UNDER_WAY, "payer")).isLessThan(10);
    }

    @Test
    void tokens() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "insert into farebox_token (token_digest, payer, network, asset, pay_to, routes, origin, issued_at, expires_at)"
                            + " select 'digest' || x, 'payer', 'eip155:8453', 'asset', 'to', '', 'tx', 1, 9 from system_range(1, "
                            + FINISHED + ")");
        }
        assertThat(scanned(TokenTable.FIND, "digest7")).isLessThan(10);
        assertThat(scanned(TokenTable.FORGET, 5L)).isLessThan(10);
    }

    @Test
    void find() throws SQLException {
        assertThat(scanned(BookSession.BY_KEY, "key7")).isLessThan(10);
    }

    @Test
    void settle() throws SQLException {
        assertThat(scanned(BookSession.SAME_TRANSACTION, "tx7", "eip155:8453", "key8"))
                .isLessThan(10);
    }

    @Test
    void takeOver() throws SQLException {
        assertThat(scanned(BookSession.LAPSED, 5L, 100)).isLessThan(10);
    }

    @Test
    void lapseOwed() throws SQLException {
        assertThat(scanned(BookSession.LAPSE_OWED, 5L, 5L)).isLessThan(10);
    }

    @Test
    void forgetIdentifiers() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "insert into farebox_payment_identifier (payer, identifier, payment_key, request_digest, named_at)"
                            + " select 'payer', 'id' || x, 'key' || x, 'request', 9 from system_range(1, " + FINISHED
                            + ")");
        }
        assertThat(scanned(IdentifierTable.FORGET, 5L)).isLessThan(10);
        assertThat(scanned(IdentifierTable.FIND, "payer", "id7")).isLessThan(10);
    }

    @Test
    void watchedPayments_areReadAsFarAsTheyAreDue() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("insert into farebox_watched (payment_key, network, look_at)"
                    + " select 'key' || x, 'eip155:' || mod(x, 2), 9 + x from system_range(1, " + FINISHED + ")");
        }
        assertThat(scanned(WatchTable.DUE, "eip155:1", 12L, 64)).isLessThan(10);
    }

    @Test
    void shelfOfFinishedPayments_isReadOnePageAtATime() throws SQLException {
        assertThat(scanned(ShelfTable.LIST, "PAID", 0L, 5L, 0L, "", 20)).isLessThan(60);
        assertThat(scanned(ShelfTable.LIST, "PAID", 1L, 5L, 1L, "4000", 20)).isLessThan(FINISHED);
    }

    @Test
    void tallies_readWhatIsOpenOnly() throws SQLException {
        assertThat(scanned(ShelfTable.TALLY, "UNKNOWN")).isLessThan(10);
    }

    @Test
    void paymentById() throws SQLException {
        assertThat(scanned(ShelfTable.BY_ID, "7")).isLessThan(10);
    }

    @Test
    void retention_stopsAtTheFirstYoungPayment() throws SQLException {
        assertThat(scanned(Clearing.OLD, "PAID", 0L, 1L, 9L, 100)).isLessThan(10);
    }

    @Test
    void erasure_looksForWhatIsOpenOnly() throws SQLException {
        assertThat(scanned(Clearing.AWAKE, "payer")).isLessThan(10);
        assertThat(scanned(Clearing.REFUND_DUE, "payer")).isLessThan(10);
    }

    /** As H2 counts them. */
    private int scanned(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("explain analyze " + sql)) {
            for (int i = 0; i < parameters.length; i++) statement.setObject(i + 1, parameters[i]);
            try (ResultSet plan = statement.executeQuery()) {
                plan.next();
                Matcher counts = SCANNED.matcher(plan.getString(1));
                int sum = 0;
                while (counts.find()) sum += Integer.parseInt(counts.group(1));
                assertThat(sum).as(plan.getString(1)).isPositive();
                return sum;
            }
        }
    }
}
