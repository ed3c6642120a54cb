package io.farebox.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.outbox.Dispatch;
import io.farebox.outbox.NewOrder;
import io.farebox.outbox.Order;
import io.farebox.outbox.OrderEnd;
import io.farebox.outbox.Outbox;
import io.farebox.outbox.Sender;
import io.farebox.outbox.SendingLease;
import io.farebox.servers.PostgresServer;
import io.farebox.servers.SharedPostgres;
import io.farebox.x402.Network;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The outbox on both databases. */
@ParameterizedClass
@ValueSource(strings = {"h2", "postgres"})
@ExtendWith(SharedPostgres.class)
class OutboxTest {
    private static final Sender SENDER =
            new Sender(new Network("eip155:84532"), "0x14dc79964da2c08b23698b3d3cc7ca32193d9955");
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final BigInteger COST = new BigInteger("126307382106002000000000000");
    private static final Instant LATER = NOW.plusSeconds(15);

    @Parameter
    String database;

    @TempDir
    private Path folder;

    private JdbcBook book;
    private Outbox outbox;

    @BeforeEach
    void open(PostgresServer postgres) {
        book = JdbcBook.open(database.equals("h2") ? "jdbc:h2:file:" + folder.resolve("book") : postgres.newDatabase());
        outbox = book.outbox();
    }

    @AfterEach
    void close() {
        book.close();
    }

    private static NewOrder order(String key) {
        return new NewOrder(key, SENDER, "0xd" + key, "{\"of\":\"" + key + "\"}", NOW.plusSeconds(1000));
    }

    private static Dispatch dispatch(long nonce, int attempt) {
        BigInteger fee = BigInteger.valueOf(1_000_000_000L + attempt);
        return new Dispatch(
                nonce,
                attempt,
                "0x02" + nonce + attempt,
                "0xhash" + nonce + attempt,
                fee,
                BigInteger.TWO,
                fee.multiply(BigInteger.valueOf(80_000)),
                NOW);
    }

    private SendingLease lease(String owner, Instant now) {
        return outbox.lead(SENDER, owner, now.plusSeconds(15), now).orElseThrow();
    }

    private Order.State state(String key) {
        return outbox.find(key).orElseThrow().state();
    }

    @Test
    void submitted_twice_isOneOrder() {
        assertThat(outbox.hasWork(SENDER)).isFalse();
        assertThat(outbox.submit(order("a"), NOW).state()).isEqualTo(Order.State.QUEUED);
        assertThat(outbox.submit(order("a"), LATER).state()).isEqualTo(Order.State.QUEUED);
        assertThat(outbox.hasWork(SENDER)).isTrue();
        assertThat(outbox.take(lease("one", NOW), 10, NOW)).hasSize(1);
        assertThat(outbox.submit(order("a"), LATER).state()).isEqualTo(Order.State.TAKEN);
    }

    @Test
    void leased_onlyTheHolderWrites() {
        outbox.submit(order("a"), NOW);
        SendingLease first = lease("one", NOW);
        assertThat(first.nextNonce()).isEqualTo(-1);
        assertThat(outbox.lead(SENDER, "two", LATER, NOW)).isEmpty();
        SendingLease second = lease("two", NOW.plusSeconds(16));

        assertThat(outbox.take(first, 10, NOW)).isEmpty();
        assertThat(outbox.store(first, dispatch(7, 0), List.of(), NOW)).isFalse();
        assertThat(outbox.conclude(first, List.of(OrderEnd.refused("a", "no")), NOW))
                .isFalse();
        assertThat(outbox.open(SENDER)).isEmpty();
        assertThat(outbox.take(second, 10, NOW)).hasSize(1);
        assertThat(second.fence()).isGreaterThan(first.fence());
    }

    @Test
    void stored_isThereForTheNextHolderUntilClosed() {
        outbox.submit(order("a"), NOW);
        outbox.submit(order("b"), NOW.plusMillis(1));
        SendingLease one = lease("one", NOW);
        assertThat(outbox.take(one, 10, NOW)).extracting(Order::key).containsExactly("a", "b");
        assertThat(outbox.store(one, dispatch(7, 0), List.of("a", "b"), NOW)).isTrue();

        SendingLease two = lease("two", NOW.plusSeconds(16));

        assertThat(two.nextNonce()).isEqualTo(8);
        assertThat(outbox.take(two, 10, NOW)).isEmpty();
        assertThat(outbox.replace(two, dispatch(7, 1), NOW)).isTrue();
        assertThat(outbox.replace(two, dispatch(6, 1), NOW))
                .as("of no open nonce")
                .isFalse();
        assertThat(outbox.open(SENDER)).containsExactly(dispatch(7, 0), dispatch(7, 1));
        assertThat(outbox.ordersOf(SENDER, 7))
                .allSatisfy(order -> assertThat(order.transaction()).isEqualTo("0xhash71"));
        assertThat(outbox.conclude(
                        two, List.of(OrderEnd.settled("a", "0xhash70"), OrderEnd.reverted("b", "0xhash70", "no")), NOW))
                .isTrue();
        assertThat(outbox.hasWork(SENDER)).as("until it is deep").isTrue();
        assertThat(outbox.close(two, 7, COST, NOW)).isTrue();
        assertThat(outbox.hasWork(SENDER)).isFalse();
        Order settled = outbox.find("a").orElseThrow();
        assertThat(settled.state()).isEqualTo(Order.State.SETTLED);
        assertThat(settled.transaction()).isEqualTo("0xhash70");
        assertThat(settled.payload()).as("nobody needs it any more").isNull();
        assertThat(state("b")).isEqualTo(Order.State.REVERTED);
        assertThat(outbox.spentSince(SENDER, NOW.minusSeconds(1))).isEqualTo(COST);
        assertThat(outbox.spentSince(SENDER, NOW)).isZero();
    }

    @Test
    void withdrawn_onlyWhileNobodyBegan() {
        outbox.submit(order("a"), NOW);
        outbox.submit(order("b"), LATER);
        SendingLease lease = lease("one", NOW);
        assertThat(outbox.take(lease, 1, NOW)).hasSize(1);

        assertThat(outbox.withdraw("a", NOW)).isFalse();
        assertThat(outbox.withdraw("b", NOW)).isTrue();
        assertThat(state("b")).isEqualTo(Order.State.WITHDRAWN);
        assertThat(outbox.take(lease, 10, NOW))
                .extracting(Order::key)
                .as("those begun with, again")
                .containsExactly("a");
        assertThat(outbox.submit(order("b"), NOW).state()).as("taken on again").isEqualTo(Order.State.QUEUED);
        assertThat(outbox.conclude(lease, List.of(OrderEnd.again("a")), NOW)).isTrue();
        assertThat(outbox.withdraw("a", NOW)).isTrue();
    }

    @Test
    void refused_isTakenOnAgainAlsoForSomethingElse() {
        outbox.submit(order("a"), NOW);
        SendingLease lease = lease("one", NOW);
        outbox.take(lease, 10, NOW);
        outbox.conclude(lease, List.of(OrderEnd.refused("a", "insufficient_funds")), NOW);
        assertThat(outbox.find("a").map(Order::reason)).contains("insufficient_funds");
        assertThat(outbox.find("a").orElseThrow().payload()).isNull();

        NewOrder other = new NewOrder("a", SENDER, "0xother", "{}", LATER);

        assertThat(outbox.submit(other, NOW).digest()).isEqualTo("0xother");
        Order again = outbox.find("a").orElseThrow();
        assertThat(again.reason()).isNull();
        assertThat(again.digest()).isEqualTo("0xother");
        assertThat(outbox.take(lease, 10, NOW)).extracting(Order::payload).containsExactly("{}");
    }

    @Test
    void trouble_isSeenByOthersUntilAnotherSends() {
        SendingLease lease = lease("one", NOW);
        assertThat(outbox.trouble(lease, "sender_out_of_gas")).isTrue();
        assertThat(outbox.troubleOf(SENDER)).contains("sender_out_of_gas");
        lease("two", NOW.plusSeconds(16));
        assertThat(outbox.troubleOf(SENDER)).isEmpty();
    }

    @Test
    void forgotten_onlyWhatEnded() {
        outbox.submit(order("a"), NOW);
        outbox.submit(order("b"), NOW);
        outbox.withdraw("b", NOW);
        assertThat(outbox.forgetEnded(NOW.plusSeconds(999))).isZero();
        assertThat(outbox.forgetEnded(NOW.plusSeconds(1000))).isOne();
        assertThat(state("a")).isEqualTo(Order.State.QUEUED);
        assertThat(outbox.find("b")).isEmpty();
    }

    @Test
    void openedAgain_leaseOfTheDeadProcessHasLapsedInABookOfOneProcess() {
        lease("one", NOW);
        if (!database.equals("h2")) return;
        book.close();
        book = JdbcBook.open("jdbc:h2:file:" + folder.resolve("book"));
        outbox = book.outbox();
        Optional<SendingLease> next = outbox.lead(SENDER, "two", LATER, NOW);
        assertThat(next).isPresent();
    }

    /** Replicas of one book: of two who lead at the same time, one writes. */
    @Test
    void led_byTwoAtOnce_byOneOnly() throws Exception {
        Function<String, Optional<SendingLease>> lead = owner -> outbox.lead(SENDER, owner, LATER, NOW);
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            var all = java.util.stream.IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> lead.apply("owner" + i)))
                    .toList();
            int held = 0;
            for (var each : all) if (Objects.requireNonNull(each.get()).isPresent()) held++;
            assertThat(held).isOne();
        }
    }
}
