package io.farebox.ledger.redis;

import static io.farebox.testkit.book.SampleClaim.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Claim;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.PaymentState;
import io.farebox.ledger.JdbcBook;
import io.farebox.servers.PostgresServer;
import io.farebox.servers.RedisServer;
import io.farebox.servers.SharedPostgres;
import io.farebox.servers.SharedRedis;
import io.farebox.testkit.book.SampleClaim;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two replicas on one PostgreSQL and one Redis. */
@ExtendWith({SharedPostgres.class, SharedRedis.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TwoRedisBooksTest {
    private static final ClaimResult IN_FLIGHT = new ClaimResult.InFlight();

    private final RedisServer redis;
    private final List<JdbcBook> books = new ArrayList<>();
    private final List<RedisBook> replicas = new ArrayList<>();

    private int tests;
    private SampleClaim first = SampleClaim.of("first");

    TwoRedisBooksTest(RedisServer redis, PostgresServer postgres) {
        this.redis = redis;
        String url = postgres.newDatabase();
        for (int i = 0; i < 2; i++) {
            books.add(JdbcBook.open(url));
            replicas.add(RedisBook.open(books.get(i), redis.url(), "two"));
        }
    }

    @BeforeEach
    void nextPayer() {
        first = SampleClaim.of("first of " + ++tests).payer(SampleClaim.payer(tests));
    }

    @AfterAll
    void close() {
        replicas.forEach(RedisBook::close);
        books.forEach(JdbcBook::close);
    }

    private RedisBook replica(int i) {
        return replicas.get(i % 2);
    }

    private ClaimResult ask(int i, SampleClaim sample) {
        return replica(i).claim(sample.toRequest());
    }

    private Claim claimed(int i, SampleClaim sample) {
        ClaimResult result = ask(i, sample);
        assertThat(result).isInstanceOf(ClaimResult.Claimed.class);
        return ((ClaimResult.Claimed) result).claim();
    }

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

    @Test
    void manyClaimsOfOneKey_haveOneWinner() throws Exception {
        for (int round = 0; round < 20; round++) {
            SampleClaim sample = first.key(tests + "k" + round);
            List<ClaimResult> results = together(30, i -> () -> ask(i, sample));
            assertThat(results)
                    .filteredOn(ClaimResult.Claimed.class::isInstance)
                    .hasSize(1);
            assertThat(results).filteredOn(IN_FLIGHT::equals).hasSize(29);
        }
    }

    @Test
    void manyPaymentsForOneOwedRun_haveOneWinner() throws Exception {
        Claim paid = claimed(0, first);
        replica(0).settling(paid, "dev", at(40), at(0));
        replica(0).settled(paid, SampleClaim.receipt("0x" + tests), DeliveryState.OWED, at(1000), at(0));

        List<ClaimResult> results = together(30, i -> () -> ask(i, first.key(tests + "k" + i)));
        assertThat(results).filteredOn(ClaimResult.Owed.class::isInstance).hasSize(1);
    }

    @Test
    void claimForgottenByRedis_isSettledByOneOfTwo() throws Exception {
        for (int round = 0; round < 20; round++) {
            SampleClaim sample = first.key(tests + "k" + round);
            Claim first = claimed(round, sample);
            redis.run("FLUSHALL");
            Claim second = claimed(round + 1, sample);
            List<Claim> claims = List.of(first, second);
            int turn = round;

            List<Boolean> settling =
                    together(2, i -> () -> replica(turn + i).settling(claims.get(i), "dev", at(40), at(1)));
            assertThat(settling).containsExactlyInAnyOrder(true, false);
            assertThat(books.getFirst().find(sample.key()).orElseThrow().claim())
                    .isEqualTo(claims.get(settling.indexOf(true)));
        }
    }

    /** One payment is good for one answer: what has fetched a run at one replica is not charged at the other. */
    @Test
    void claimForgottenByRedis_thatFetchedARunMeanwhile_isNotSettled() {
        SampleClaim second = first.key(tests + "second");
        Claim forgotten = claimed(1, second);
        redis.run("FLUSHALL");
        Claim paid = claimed(0, first);
        replica(0).settling(paid, "dev", at(40), at(0));
        replica(0).settled(paid, SampleClaim.receipt("0x" + tests), DeliveryState.OWED, at(1000), at(0));
        assertThat(ask(0, second)).isInstanceOf(ClaimResult.Owed.class);

        assertThat(replica(1).settling(forgotten, "dev", at(40), at(1))).isFalse();
        assertThat(books.getFirst().find(second.key())).isEmpty();
    }

    @Test
    void claimForgottenByRedis_isSetAgainWithTheNextClaim() {
        Claim claim = claimed(0, first);
        redis.run("FLUSHALL");
        claimed(0, first.key(tests + "another"));

        assertThat(ask(1, first)).isEqualTo(IN_FLIGHT);
        assertThat(replica(0).settling(claim, "dev", at(40), at(1))).isTrue();
    }

    @Test
    void claimForgottenByRedis_isSetAgainWhenRenewed() {
        Claim claim = claimed(0, first);
        redis.run("FLUSHALL");

        assertThat(replica(0).renew(claim, at(60), at(1))).isTrue();
        assertThat(ask(1, first.now(59))).isEqualTo(IN_FLIGHT);
    }

    @Test
    void lapsedClaim_isAnotherReplicasAlone() {
        Claim lost = claimed(0, first);
        Claim taken = claimed(1, first.now(30));

        assertThat(replica(0).settling(lost, "dev", at(60), at(31))).isFalse();
        assertThat(ask(0, first.now(31))).isEqualTo(IN_FLIGHT);
        assertThat(replica(1).settling(taken, "dev", at(60), at(31))).isTrue();
    }

    @Test
    void lapsedClaim_isNotRenewed() {
        Claim lost = claimed(0, first);
        claimed(1, first.now(30));

        assertThat(replica(0).renew(lost, at(90), at(31))).isFalse();
        assertThat(replica(0).released(lost, "no", at(31))).isFalse();
        assertThat(ask(0, first.now(32))).isEqualTo(IN_FLIGHT);
    }

    @Test
    void lapsedClaim_isNotWrittenDownWhileAnotherHoldsIt() {
        claimed(0, first);
        Claim taken = claimed(1, first.now(30));

        assertThat(replica(0).takeOver("worker", at(90), at(31), 10))
                .noneMatch(row -> row.claim().key().equals(first.key()));
        assertThat(replica(1).settling(taken, "dev", at(60), at(32))).isTrue();
    }

    @Test
    void whatOneReplicaFinished_theOtherKnows() {
        Claim claim = claimed(0, first);
        assertThat(books.getFirst().find(first.key())).isEmpty();
        assertThat(ask(1, first.onlyIfKnown())).isEqualTo(IN_FLIGHT);
        assertThat(replica(0).released(claim, "no", at(1))).isTrue();
        assertThat(books.getFirst().find(first.key()).orElseThrow().state()).isEqualTo(PaymentState.RELEASED);

        Claim again = claimed(1, first.now(2));
        assertThat(books.getFirst().find(first.key()).orElseThrow().releases()).isEqualTo(1);
        assertThat(replica(1).settling(again, "dev", at(60), at(3))).isTrue();
        assertThat(ask(0, first.now(4))).isEqualTo(IN_FLIGHT);
    }
}
