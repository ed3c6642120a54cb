package io.farebox.testkit.book;

import static io.farebox.testkit.book.SampleClaim.at;
import static io.farebox.testkit.book.SampleClaim.payer;
import static io.farebox.testkit.book.SampleClaim.receipt;
import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Book;
import io.farebox.gate.Claim;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PaymentState;
import io.farebox.gate.SettledResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** What every {@link io.farebox.gate.Book} must do. A book's test extends this and opens an empty book. */
public abstract class BookContract extends WatchContract {
    private static final int THREADS = 300;

    @Test
    void takeOver_takesWhatHasLapsed_longestFirst_andOnce() {
        Claim claimed = claimed(FIRST.key("claimed")); // until 30
        settled(FIRST.key("running").request("r"), DeliveryState.RUNNING); // until 40
        settling(FIRST.key("settling").request("s")); // until 40
        unknown(FIRST.key("unknown").request("u")); // until 50
        book.delivered(settled(FIRST.key("complete").request("c"), DeliveryState.RUNNING), at(1));
        book.released(claimed(FIRST.key("released")), "no", at(1));
        settled(FIRST.key("owed").request("o"), DeliveryState.OWED);

        assertThat(takenAt(29, 10)).isEmpty();
        assertThat(takenAt(50, 3)).containsExactly("claimed", "running", "settling");
        assertThat(takenAt(50, 10)).containsExactly("unknown");
        assertThat(takenAt(109, 10)).isEmpty();
        assertThat(book.settling(claimed, "dev", at(200), at(51))).isFalse();
    }

    private List<String> takenAt(long second, int limit) {
        return book.takeOver("reconciler", at(second + 60), at(second), limit).stream()
                .map(row -> row.claim().key())
                .toList();
    }

    @Test
    void takenRow_isAsItWasButForFenceAndLease() {
        Claim lost = unknown(FIRST);
        PaymentRecord before = row("first");

        PaymentRecord taken = book.takeOver("reconciler", at(160), at(100), 1).getFirst();

        assertThat(taken).isEqualTo(row("first"));
        assertThat(taken.state()).isEqualTo(PaymentState.UNKNOWN);
        assertThat(taken.payload()).isEqualTo(before.payload());
        assertThat(taken.leaseUntil()).isEqualTo(at(160));
        assertThat(taken.claim().fence()).isGreaterThan(lost.fence());
        assertThat(book.settled(lost, receipt("0x1"), DeliveryState.RUNNING, at(1000), at(101)))
                .isEqualTo(SettledResult.LOST);
        assertThat(book.settled(taken.claim(), receipt("0x1"), DeliveryState.OWED, at(1000), at(101)))
                .isEqualTo(SettledResult.RECORDED);
    }

    @Test
    void takenDelivery_isPutBackToOwed() {
        Claim lost = settled(FIRST, DeliveryState.RUNNING);
        Claim taken =
                book.takeOver("reconciler", at(160), at(100), 1).getFirst().claim();

        assertThat(book.owed(taken, at(101))).isTrue();
        assertThat(book.delivered(lost, at(102))).isFalse();
        fetched(SECOND.now(103));
    }

    @Test
    void takeOver_byManyAtOnce_givesEachRowToOne() throws Exception {
        for (int i = 0; i < 60; i++) claimed(FIRST.key("k" + i));

        List<List<PaymentRecord>> shares =
                together(8, i -> () -> book.takeOver("reconciler-" + i, at(500), at(100), 20));

        List<String> keys = shares.stream()
                .flatMap(List::stream)
                .map(row -> row.claim().key())
                .toList();
        assertThat(keys).doesNotHaveDuplicates().hasSize(60);
    }

    @Test
    void manyClaimsOfOneKey_haveOneWinner() throws Exception {
        List<ClaimResult> results = together(THREADS, i -> () -> ask(FIRST));

        assertThat(results).filteredOn(ClaimResult.Claimed.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(ClaimResult.InFlight.class::isInstance).hasSize(THREADS - 1);
    }

    @Test
    void manyClaimsOfALapsedKey_haveOneWinner() throws Exception {
        claimed(FIRST);

        List<ClaimResult> results = together(THREADS, i -> () -> ask(FIRST.now(30)));

        assertThat(results).filteredOn(ClaimResult.Claimed.class::isInstance).hasSize(1);
    }

    @Test
    void manyPaymentsForOneOwedRun_haveOneWinner() throws Exception {
        settled(FIRST, DeliveryState.OWED);

        List<ClaimResult> results = together(THREADS, i -> () -> ask(SECOND.key("k" + i)));

        assertThat(results).filteredOn(ClaimResult.Owed.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(ClaimResult.Claimed.class::isInstance).hasSize(THREADS - 1);
    }

    @Test
    void onePaymentSentManyTimesForAnOwedRun_isServedOnce() throws Exception {
        settled(FIRST, DeliveryState.OWED);

        List<ClaimResult> results = together(THREADS, i -> () -> ask(SECOND));

        assertThat(results).filteredOn(ClaimResult.Owed.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(ClaimResult.InFlight.class::isInstance).hasSize(THREADS - 1);
    }

    @Test
    void manyDifferentPayments_areAllClaimedUnderTheirOwnIds() throws Exception {
        List<Claim> claims = together(THREADS, i -> () -> claimed(FIRST.key("k" + i)));

        Set<String> ids = new HashSet<>();
        for (Claim claim : claims) ids.add(claim.paymentId());
        assertThat(ids).hasSize(THREADS);
    }

    @Test
    void manySettlementsOnOneTransaction_areBelievedOnce() throws Exception {
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < 30; i++) claims.add(settling(FIRST.key("k" + i)));

        List<SettledResult> results = together(
                30, i -> () -> book.settled(claims.get(i), receipt("0x1"), DeliveryState.RUNNING, at(9), at(1)));

        assertThat(results).filteredOn(SettledResult.RECORDED::equals).hasSize(1);
        assertThat(results)
                .filteredOn(SettledResult.DUPLICATE_TRANSACTION::equals)
                .hasSize(29);
    }

    @Test
    void refusals_areCountedPerPayer_untilAnHourHasPassed() {
        for (int i = 0; i < 3; i++) book.countRefusal(payer(1), at(i));
        book.countRefusal(payer(2), at(3));

        assertThat(book.refusedPayers(3, at(4))).containsExactly(payer(1));
        assertThat(book.refusedPayers(1, at(4))).containsExactlyInAnyOrder(payer(1), payer(2));
        assertThat(book.refusedPayers(3, at(3601))).containsExactly(payer(1));
        assertThat(book.refusedPayers(3, at(3602))).isEmpty();

        book.countRefusal(payer(1), at(3602));
        book.lapseOwed(at(3603));
        assertThat(book.refusedPayers(1, at(3603))).containsExactly(payer(1));
        assertThat(book.refusedPayers(2, at(3603))).isEmpty();
    }

    @Test
    void refusalsCountedAtOnce_areAllCounted() throws Exception {
        together(50, i -> () -> {
            book.countRefusal(payer(1), at(1));
            return i;
        });

        assertThat(book.refusedPayers(50, at(2))).containsExactly(payer(1));
        assertThat(book.refusedPayers(51, at(2))).isEmpty();
    }

    @Test
    void randomHistories_endAsInTheModel() {
        for (int i = 0; i < 8; i++) {
            long seed = i < 5 ? i : ThreadLocalRandom.current().nextLong();
            System.out.println("book history seed " + seed);
            Book real = open();
            new BookHistory(seed, real, desk(real), new InMemoryBook()).play(300);
        }
    }

    /** Runs one call per virtual thread, all let go at once. */
    static <T> List<T> together(int count, IntFunction<Callable<T>> call) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<T>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                Callable<T> mine = call.apply(i);
                running.add(threads.submit(() -> {
                    start.await();
                    return mine.call();
                }));
            }
            start.countDown();
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : running) results.add(future.get());
        return results;
    }
}
