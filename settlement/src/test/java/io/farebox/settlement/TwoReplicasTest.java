package io.farebox.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.PaymentState;
import io.farebox.pricing.FareboxConfig;
import io.farebox.settlement.dev.DevFacilitator;
import io.farebox.settlement.dev.DevLimits;
import io.farebox.testkit.book.InMemoryBook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two replicas of one book that reload at different moments: whoever was asked by one may pay at the other. */
class TwoReplicasTest {
    private static final Ask WEATHER = Ask.get("/weather");
    private static final Replicas SEVERAL = Replicas.several();

    private final InMemoryBook book = new InMemoryBook();
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private final DevFacilitator dev = new DevFacilitator("dev", DevLimits.defaults(), () -> now);
    private final List<Till> tills = new ArrayList<>(List.of(
            new Till("a", Till.weather("$0.010"), book, SEVERAL, dev, () -> now),
            new Till("b", Till.weather("$0.010"), book, SEVERAL, dev, () -> now)));

    @AfterEach
    void close() {
        tills.forEach(Till::close);
    }

    private void later(long millis) {
        now = now.plusMillis(millis);
        tills.forEach(till -> till.repricing.round());
    }

    /** @param first which replica reads the new configuration first */
    @ParameterizedTest
    @CsvSource({"1, 0", "1, 1", "2, 0", "2, 1"})
    void reload_atDifferentMoments_isSeenByNobody(int version, int first) {
        Buyer buyer = Buyer.of(version);
        for (String price : List.of("$0.020", "$0.005")) {
            Till early = tills.get(first);
            Till late = tills.get(1 - first);
            Buyer.Asked before = buyer.read(late.answer(WEATHER));
            early.repricing.take(Till.weather(price));
            later(1_000);
            assertThat(buyer.read(early.answer(WEATHER)).amount()).isEqualTo(before.amount());
            later(2_000);
            Buyer.Asked after = buyer.read(early.answer(WEATHER));
            assertThat(after.amount()).isNotEqualTo(before.amount());
            assertThat(buyer.read(late.answer(WEATHER)).amount()).isEqualTo(before.amount());

            for (Till till : tills) sell(till, buyer, List.of(before, after));
            late.repricing.take(Till.weather(price));
            for (Till till : tills) sell(till, buyer, List.of(before, after));
            later(3_000);
            for (Till till : tills) sell(till, buyer, List.of(before, after));
            later(120_000);
            assertThat(early.buy(buyer.pay(WEATHER, before, now))).isEqualTo(402);
            assertThat(late.buy(buyer.pay(WEATHER, before, now))).isEqualTo(402);
        }
    }

    private void sell(Till till, Buyer buyer, List<Buyer.Asked> prices) {
        for (Buyer.Asked asked : prices) {
            assertThat(till.buy(buyer.pay(WEATHER, asked, now))).isEqualTo(200);
            assertThat(till.lastPayment().amount()).isEqualTo(asked.amount());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void replicaThatStaysBehind_keepsItsPricePayable_untilItEnds(int version) {
        Buyer buyer = Buyer.of(version);
        tills.getFirst().repricing.take(Till.weather("$0.020"));
        for (int i = 0; i < 300; i++) later(1_000);
        Buyer.Asked old = buyer.read(tills.getLast().answer(WEATHER));
        assertThat(old.amount()).isEqualTo(10_000);
        assertThat(tills.getFirst().buy(buyer.pay(WEATHER, old, now))).isEqualTo(200);

        tills.removeLast().close();
        later(115_000);
        assertThat(tills.getFirst().buy(buyer.pay(WEATHER, old, now))).isEqualTo(200);
        later(1_000);
        assertThat(tills.getFirst().buy(buyer.pay(WEATHER, old, now))).isEqualTo(402);
    }

    @Test
    void replicaThatDies_countsAsOfferingForALease() {
        Buyer buyer = Buyer.of(1);
        tills.getFirst().repricing.take(Till.weather("$0.020"));
        for (int i = 0; i < 100; i++) later(1_000);
        Till dead = tills.removeLast();
        Buyer.Asked old = buyer.read(dead.answer(WEATHER));

        later(100_000);
        assertThat(tills.getFirst().buy(buyer.pay(WEATHER, old, now))).isEqualTo(200);
        later(61_000);
        assertThat(tills.getFirst().buy(buyer.pay(WEATHER, old, now))).isEqualTo(402);
        dead.gate.close();
    }

    @Test
    void bookDown_keepsThePricesOfBeforeUntilTheChangeCanBeWritten() {
        Till till = tills.getFirst();
        book.failNext(1_000);
        till.repricing.take(Till.weather("$0.020"));
        for (int i = 0; i < 5; i++) later(1_000);
        assertThat(Buyer.of(1).read(till.answer(WEATHER)).amount()).isEqualTo(10_000);

        book.failNext(0);
        later(1_000);
        later(2_500);
        assertThat(Buyer.of(1).read(till.answer(WEATHER)).amount()).isEqualTo(20_000);
    }

    @Test
    void newReplicaWithThePricesOfAll_isKnownAtOnce() {
        assertThat(tills.getLast().repricing.isOfferedElsewhere()).isTrue();
        try (Till other = new Till("c", Till.weather("$0.02"), book, SEVERAL, dev, () -> now)) {
            assertThat(other.repricing.isOfferedElsewhere()).isFalse();
        }
    }

    /** Changes, rounds, questions and payments in any order, with up to thirty seconds between a question and its payment. */
    @Test
    void anyOrder_nobodyIsAskedTwice() {
        for (int i = 0; i < 6; i++) {
            long seed = i < 3 ? i : ThreadLocalRandom.current().nextLong();
            System.out.println("two replicas, seed " + seed);
            new History(new Random(seed)).play(1_500);
        }
    }

    private final class History {
        private final Random random;
        private final List<Waiting> waiting = new ArrayList<>();
        private int paid;

        private record Waiting(Buyer buyer, Ask request, Buyer.Asked asked, Instant since) {}

        History(Random random) {
            this.random = random;
        }

        void play(int steps) {
            for (int step = 0; step < steps; step++) {
                now = now.plusMillis(random.nextInt(1_000));
                // Each hears the others at least every second; when exactly, nobody knows.
                tills.forEach(till -> till.repricing.round());
                switch (random.nextInt(6)) {
                    case 0 -> any().repricing.take(prices());
                    case 1, 2, 3 -> ask();
                    default -> pay(step);
                }
            }
            while (!waiting.isEmpty()) pay(steps);
            assertThat(paid).isGreaterThan(steps / 10);
        }

        private void ask() {
            Buyer buyer = Buyer.of(1 + random.nextInt(2));
            Ask request = random.nextBoolean() ? WEATHER : Ask.get("/search?depth=" + random.nextInt(3));
            Till till = any();
            if (till.isFree(request)) return;
            waiting.add(new Waiting(buyer, request, buyer.read(till.answer(request)), now));
        }

        private void pay(int step) {
            if (waiting.isEmpty()) return;
            Waiting one = waiting.remove(random.nextInt(waiting.size()));
            if (one.since().plusSeconds(80).isBefore(now)) return;
            Till till = any();
            Ask payment = one.buyer().pay(one.request(), one.asked(), now);
            if (till.isFree(payment)) return;
            assertThat(till.buy(payment))
                    .as(
                            "step %s, %s asked for %s",
                            step, one.request(), one.asked().option())
                    .isEqualTo(200);
            assertThat(till.lastPayment().amount()).isEqualTo(one.asked().amount());
            assertThat(till.lastPayment().state()).isEqualTo(PaymentState.SETTLED);
            paid++;
        }

        private Till any() {
            return tills.get(random.nextInt(tills.size()));
        }

        private FareboxConfig prices() {
            List<String> routes = new ArrayList<>();
            routes.add("id: weather" + random.nextInt(2) + ", match: \""
                    + (random.nextBoolean() ? "GET /weather" : "/{city}") + "\", price: $0.0" + digits()
                    + (random.nextInt(3) == 0 ? ", timeout: 60s" : ""));
            if (random.nextInt(5) > 0) {
                String rules = random.nextInt(4) == 0
                        ? "$0.0" + digits()
                        : "{ default: $0.0" + digits() + ", rules: [{ query: { depth: " + random.nextInt(3)
                                + " }, price: $0.0" + digits() + " }] }";
                routes.add("id: search, match: GET /search, price: " + rules);
            }
            return Till.config(routes.toArray(String[]::new));
        }

        private int digits() {
            return 1_000 + random.nextInt(8_000);
        }
    }
}
