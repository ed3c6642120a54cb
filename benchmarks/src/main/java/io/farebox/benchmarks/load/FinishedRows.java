package io.farebox.benchmarks.load;

import io.farebox.gate.Claim;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.ledger.JdbcBook;
import io.farebox.servers.PostgresServer;
import io.farebox.testkit.book.SampleClaim;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a book of millions of finished payments costs the next payment: how long a claim and a whole payment take on an empty book and
 * on a full one, which indexes are used, and the memory of the process. One caller, each step waited for.
 */
public final class FinishedRows {
    private static final int CHUNK = 100_000;
    private static final int WARM_UP = 2_000;
    private static final int MEASURED = 2_000;
    private static final String COLUMNS =
            "insert into farebox_payment (payment_key, payment_id, fence, version, state, delivery,"
                    + " payer, network, asset, amount, pay_to, route_id, price_version, request_digest, valid_before, facilitator,"
                    + " receipt_payer, receipt_tx, tx_key, releases, owner, lease_until, settled_at, owed_until, created_at, updated_at)"
                    + " select 'evm3009:eip155:8453:' || x, x, 1, 4, 'SETTLED', 'COMPLETE', '0xpayer' || (x %% 100000),"
                    + " 'eip155:8453', '0x833589fcd6edb6e08f4c7c32d4f71b54bda02913', 10000, 'to', 'risk', 'prices-1', 'get-risk', 1,"
                    + " 'payai', 'payer', '0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' || x,"
                    + " '0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' || x, 0, 'owner', 1, 1, 1, 1, 1 from %s";

    private int next;

    private FinishedRows() {}

    /** @param args {@code h2} or {@code postgresql}, and how many rows (10,000,000) */
    public static void main(String[] args) throws Exception {
        int rows = args.length > 1 ? Integer.parseInt(args[1]) : 10_000_000;
        if (args[0].equals("h2")) onH2(rows);
        else onPostgres(rows);
    }

    private static void onH2(int rows) throws Exception {
        Path folder = Files.createTempDirectory("farebox-rows");
        try {
            String url = "jdbc:h2:file:" + folder.resolve("book");
            new FinishedRows().run(url, url, "FAREBOX", "system_range(%d, %d) as r(x)", rows);
        } finally {
            Folders.delete(folder);
        }
    }

    private static void onPostgres(int rows) throws Exception {
        try (PostgresServer server = new PostgresServer(Map.of())) {
            String url = server.newDatabase();
            new FinishedRows().run(url, url, null, "generate_series(%d, %d) as r(x)", rows);
        }
    }

    private void run(String bookUrl, String sqlUrl, @Nullable String user, String range, int rows) throws SQLException {
        measure(bookUrl, "empty");
        long begin = System.nanoTime();
        try (Connection connection =
                user == null ? DriverManager.getConnection(sqlUrl) : DriverManager.getConnection(sqlUrl, user, "")) {
            fill(connection, range, rows);
            System.out.printf("%,d rows in %d s%n", rows, (System.nanoTime() - begin) / 1_000_000_000);
            if (user == null) execute(connection, "analyze farebox_payment");
            explain(connection);
        }
        measure(bookUrl, "full");
    }

    private static void fill(Connection connection, String range, int rows) throws SQLException {
        for (int from = 1; from <= rows; from += CHUNK) {
            execute(connection, COLUMNS.formatted(range.formatted(from, Math.min(rows, from + CHUNK - 1))));
            if (from % 1_000_000 == 1) System.out.printf("%,d rows ...%n", from - 1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The plan of the one query that every claim makes. */
    private static void explain(Connection connection) throws SQLException {
        String select = "select payment_id from farebox_payment";
        String sql = "explain " + select + " where payment_key = ? union all " + select
                + " where run_key = ? union all " + select + " where payer = ? and wakes_at >= 0";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 1; i <= 3; i++) statement.setString(i, "0xpayer7");
            try (ResultSet plan = statement.executeQuery()) {
                while (plan.next()) System.out.println("  " + plan.getString(1).replace("\n", "\n  "));
            }
        }
    }

    private void measure(String url, String name) {
        try (JdbcBook book = JdbcBook.open(url)) {
            for (int i = 0; i < WARM_UP; i++) pay(book);
            long[] claims = new long[MEASURED];
            long[] payments = new long[MEASURED];
            for (int i = 0; i < MEASURED; i++) {
                long begin = System.nanoTime();
                claims[i] = pay(book) - begin;
                payments[i] = System.nanoTime() - begin;
            }
            System.out.printf(
                    "%s: claim p50 %d us, p99 %d us; payment p50 %d us, p99 %d us; live heap %d MiB%n",
                    name, at(claims, 50), at(claims, 99), at(payments, 50), at(payments, 99), heap());
        }
    }

    /** Claims and finishes a payment. @return when it was claimed */
    private long pay(JdbcBook book) {
        int n = ++next;
        var request = SampleClaim.of("payment-" + n).payer(SampleClaim.payer(n)).toRequest();
        Claim claim = ((ClaimResult.Claimed) book.claim(request)).claim();
        long claimed = System.nanoTime();
        book.settling(claim, "payai", SampleClaim.at(60), SampleClaim.at(1));
        var receipt = SampleClaim.receipt("0x" + "%064x".formatted(n));
        book.settled(claim, receipt, DeliveryState.RUNNING, SampleClaim.at(86_400), SampleClaim.at(2));
        book.delivered(claim, SampleClaim.at(3));
        return claimed;
    }

    private static long at(long[] nanos, int percent) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length * percent / 100] / 1_000;
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }
}
