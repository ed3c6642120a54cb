package io.farebox.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.ClaimResult;
import io.farebox.servers.PostgresServer;
import io.farebox.servers.SharedPostgres;
import io.farebox.servers.SlowLink;
import io.farebox.testkit.book.SampleClaim;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A book behind a way on which each journey to the server and back takes about 50 ms. */
@ExtendWith(SharedPostgres.class)
final class SlowPostgresTest {
    private final String url;
    private final SlowLink link;
    private final JdbcBook book;

    SlowPostgresTest(PostgresServer server) {
        url = server.newDatabase();
        link = new SlowLink(server.port(), 1);
        book = JdbcBook.open(url.replace(":" + server.port() + "/", ":" + link.port() + "/"));
        link.delay(50);
    }

    @AfterEach
    void close() {
        book.close();
        link.close();
    }

    private List<Future<ClaimResult>> together(int count, IntFunction<SampleClaim> claims) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<ClaimResult>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                SampleClaim claim = claims.apply(i);
                running.add(threads.submit(() -> {
                    start.await();
                    return book.claim(claim.toRequest());
                }));
            }
            start.countDown();
        }
        return running;
    }

    @Test
    void onePayment_sentManyTimesAtOnce_isClaimedByOneAndRefusedToTheOthers() throws Exception {
        List<ClaimResult> results = new ArrayList<>();
        for (Future<ClaimResult> each : together(200, i -> SampleClaim.of("one"))) results.add(each.get());

        assertThat(results).filteredOn(ClaimResult.Claimed.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(ClaimResult.InFlight.class::isInstance).hasSize(199);
    }

    /** More than can be done while callers wait: the first are served, and the last leave no claims without a claimant. */
    @Test
    void moreThanCanBeDone_isDoneInTurn() throws Exception {
        int claimed = 0;
        for (Future<ClaimResult> each :
                together(250, i -> SampleClaim.of("many-" + i).payer("payer-" + i))) {
            if (each.state() == Future.State.SUCCESS) claimed++;
            else assertThat(each.exceptionNow()).isInstanceOf(BookUnavailableException.class);
        }
        int rows = Integer.parseInt(PostgresServer.query(url, "select count(*) from farebox_payment")
                .getFirst());

        assertThat(claimed).isGreaterThan(30);
        assertThat(rows - claimed).as("claims without a claimant").isBetween(0, 40);
    }
}
