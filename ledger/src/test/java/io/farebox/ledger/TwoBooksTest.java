package io.farebox.ledger;

import static io.farebox.testkit.book.SampleClaim.at;
import static io.farebox.testkit.book.SampleClaim.receipt;
import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Claim;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.SettledResult;
import io.farebox.servers.PostgresServer;
import io.farebox.servers.SharedPostgres;
import io.farebox.testkit.book.SampleClaim;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two replicas on one database: what one of them decides, the other one knows. */
@ExtendWith(SharedPostgres.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TwoBooksTest {
    private static final int ROUNDS = 40;
    private static final SampleClaim FIRST = SampleClaim.of("first");

    private static final String BLOCKED = "select count(*) from pg_locks where not granted";

    private final String url;
    private final List<JdbcBook> books = new ArrayList<>();

    TwoBooksTest(PostgresServer server) {
        url = server.newDatabase();
        for (int i = 0; i < 2; i++) books.add(JdbcBook.open(url));
    }

    @AfterAll
    void close() {
        books.forEach(JdbcBook::close);
    }

    private JdbcBook book(int i) {
        return books.get(i % 2);
    }

    /** Lets callers go at the same moment. */
    private static <T> List<T> together(int count, IntFunction<Callable<T>> call) throws Exception {
        CyclicBarrier start = new CyclicBarrier(count);
        List<Future<T>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                Callable<T> mine = call.apply(i);
                running.add(threads.submit(() -> {
                    start.await();
                    return mine.call();
                }));
            }
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : running) results.add(future.get());
        return results;
    }

    private Claim settling(int i, SampleClaim sample) {
        Claim claim = ((ClaimResult.Claimed) book(i).claim(sample.toRequest())).claim();
        assertThat(book(i).settling(claim, "dev", at(40), at(0))).isTrue();
        return claim;
    }

    private void owed(SampleClaim sample) {
        Claim claim = settling(0, sample);
        assertThat(book(0).settled(claim, receipt("0x" + sample.key()), DeliveryState.OWED, at(1000), at(1)))
                .isEqualTo(SettledResult.RECORDED);
    }

    @Test
    void onePayment_atBoth_isClaimedOnce() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            SampleClaim sample = FIRST.key("once-" + round).request("once-" + round);

            List<ClaimResult> results = together(8, i -> () -> book(i).claim(sample.toRequest()));

            assertThat(results)
                    .filteredOn(ClaimResult.Claimed.class::isInstance)
                    .hasSize(1);
            assertThat(results)
                    .filteredOn(ClaimResult.InFlight.class::isInstance)
                    .hasSize(7);
        }
    }

    /** Neither writes what the other one reads: only a lock shows them to each other. */
    @Test
    void onePayment_fetchesARunOrBuysAnother_neverBoth() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            SampleClaim sample = FIRST.payer(SampleClaim.payer(100 + round))
                    .key("one-" + round)
                    .request("one-" + round);
            owed(sample.key("owed-" + round));

            List<ClaimResult> results = together(
                    2,
                    i -> () -> book(i).claim(
                                    sample.route(i == 0 ? "risk" : "exploits").toRequest()));

            assertThat(results)
                    .as("round %d", round)
                    .filteredOn(ClaimResult.InFlight.class::isInstance)
                    .hasSize(1);
        }
    }

    @Test
    void oneTransaction_isBelievedForOnePayment() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            String name = "tx-" + round + "-";
            List<Claim> claims = List.of(
                    settling(0, FIRST.key(name + 0).request(name + 0)),
                    settling(1, FIRST.key(name + 1).request(name + 1)));

            List<SettledResult> results = together(
                    2,
                    i -> () -> book(i).settled(
                                    claims.get(i),
                                    receipt(i == 0 ? "0x" + name : ("0x" + name).toUpperCase(java.util.Locale.ROOT)),
                                    DeliveryState.RUNNING,
                                    at(1000),
                                    at(1)));

            assertThat(results)
                    .as("round %d", round)
                    .containsExactlyInAnyOrder(SettledResult.RECORDED, SettledResult.DUPLICATE_TRANSACTION);
        }
    }

    @Test
    void owedRuns_areFetchedOnceEach() throws Exception {
        SampleClaim payer = FIRST.payer(SampleClaim.payer(90));
        List<Claim> runs = new ArrayList<>();
        for (int i = 0; i < 5; i++) runs.add(settling(0, payer.key("run-" + i).request("run-" + i)));
        for (Claim run : runs) book(0).settled(run, receipt("0x" + run.key()), DeliveryState.OWED, at(1000), at(1));

        List<ClaimResult> results = together(
                40, i -> () -> book(i).claim(payer.key("fetch-" + i).now(4).toRequest()));

        assertThat(results).filteredOn(ClaimResult.Owed.class::isInstance).hasSize(5);
        assertThat(results).filteredOn(ClaimResult.Claimed.class::isInstance).hasSize(35);
    }

    @Test
    void doubt_atOne_holdsBackAtTheOther() {
        SampleClaim sample = FIRST.payer(SampleClaim.payer(91)).key("doubt");
        Claim claim = settling(0, sample);
        book(0).unknown(claim, "timeout", at(50), at(1));

        assertThat(book(1).claim(sample.key("again").now(2).toRequest())).isEqualTo(new ClaimResult.InDoubt());
        book(0).failed(claim, "no", at(3));
        assertThat(book(1).claim(sample.key("again").now(4).toRequest())).isInstanceOf(ClaimResult.Claimed.class);
    }

    /** Another writer changes the row after it was read: the step is taken on the row as it is then. */
    @Test
    void rowThatAnotherWriterChanges_isReadAgain() throws Exception {
        assertThat(unknownWhile("stale", "version = version + 1")).isTrue();
    }

    /** Read before and written after: what the other wrote in between must not be undone. */
    @Test
    void rowThatAnotherWriterTakes_isNotOverwritten() throws Exception {
        assertThat(unknownWhile("taken", "version = version + 1, fence = fence + 1"))
                .isFalse();
        assertThat(PostgresServer.query(url, "select state from farebox_payment where payment_key = 'taken'"))
                .containsExactly("SETTLING");
    }

    /** What a step on a settling row answers that has read the row while another writer was changing it. */
    private boolean unknownWhile(String key, String change) throws Exception {
        Claim claim = settling(0, FIRST.payer(SampleClaim.payer(93)).key(key).request(key));
        try (Connection other = DriverManager.getConnection(url);
                Statement statement = other.createStatement();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            other.setAutoCommit(false);
            statement.execute("update farebox_payment set " + change + " where payment_key = '" + key + "'");
            Future<Boolean> step = threads.submit(() -> book(0).unknown(claim, "timeout", at(50), at(1)));
            while (PostgresServer.query(url, BLOCKED).equals(List.of("0")))
                assertThat(step).isNotDone();
            other.commit();
            return step.get();
        }
    }

    @Test
    void lapsedRows_areTakenOverByOne() throws Exception {
        for (int i = 0; i < 60; i++)
            settling(i, FIRST.payer(SampleClaim.payer(92)).key("lapsed-" + i).request("lapsed-" + i));

        List<List<PaymentRecord>> shares = together(8, i -> () -> {
            List<PaymentRecord> mine = new ArrayList<>();
            for (int turn = 0; turn < 4; turn++) mine.addAll(book(i).takeOver("worker-" + i, at(5000), at(4000), 20));
            return mine;
        });

        // A worker leaves what another one looks at, so some may be left.
        shares.add(book(0).takeOver("worker", at(5000), at(4000), 1000));
        List<String> keys = shares.stream()
                .flatMap(List::stream)
                .map(row -> row.claim().key())
                .filter(key -> key.startsWith("lapsed-"))
                .toList();
        assertThat(keys).doesNotHaveDuplicates().hasSize(60);
    }
}
