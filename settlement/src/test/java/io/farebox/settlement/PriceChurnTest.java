package io.farebox.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Admission;
import io.farebox.gate.Decision;
import io.farebox.gate.GateListener;
import io.farebox.gate.Grant;
import io.farebox.gate.PaymentGate;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PaymentState;
import io.farebox.gate.Settlement;
import io.farebox.pricing.FareboxConfig;
import io.farebox.testkit.book.InMemoryBalances;
import io.farebox.testkit.book.InMemoryBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Prices that change twenty times a second while payers pay: nobody is asked twice, nobody pays another price than asked. */
@Timeout(240)
class PriceChurnTest {
    private static final Duration LASTS = Duration.ofSeconds(Integer.getInteger("churn.seconds", 4));
    private static final Duration BETWEEN_CHANGES = Duration.ofMillis(Integer.getInteger("churn.between", 50));
    private static final int PAYERS = Integer.getInteger("churn.payers", 4);
    private static final Ask WEATHER = Ask.get("/weather");

    private final Set<Long> prices = ConcurrentHashMap.newKeySet();
    private volatile boolean over;
    private final AtomicLong charged = new AtomicLong();
    private final AtomicLong sold = new AtomicLong();
    private final AtomicLong soldAtOtherPrice = new AtomicLong();

    @TempDir
    private Path folder;

    @Test
    void twoReplicas_reloadingAtTheirOwnTimes() throws Exception {
        InMemoryBook book = new InMemoryBook();
        var replicas = new Replicas(true, Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofSeconds(45));
        Setup setup = Setup.usual(GateListener.none())
                .times(Duration.ofMillis(5), Duration.ofMillis(10))
                .book(config -> new OpenBook(book, book.desk(), new InMemoryBalances(book), book, replicas, () -> {}));
        try (Farebox one = Farebox.open(config(10_000), setup);
                Farebox two = Farebox.open(config(10_000), setup)) {
            List<Farebox> both = List.of(one, two);
            run(both.stream().map(Farebox::gate).toList(), atomic -> {
                for (Farebox each : shuffled(both)) {
                    each.take(config(atomic));
                    sleep(Duration.ofMillis(ThreadLocalRandom.current().nextInt(25)));
                }
            });
        }
        long entered = book.all().stream()
                .filter(row -> row.state() == PaymentState.SETTLED)
                .map(PaymentRecord::amount)
                .mapToLong(amount -> amount.longValueExact())
                .sum();
        assertThat(entered).isEqualTo(charged.get());
    }

    @Test
    void oneProcess_followingItsFile() throws Exception {
        Path file = folder.resolve("farebox.yaml");
        write(file, 10_000);
        Setup setup = Setup.usual(GateListener.none()).times(Duration.ofMillis(5), Duration.ofMillis(10));
        try (Farebox farebox = Farebox.open(file, setup)) {
            run(List.of(farebox.gate()), atomic -> write(file, atomic));
        }
    }

    private interface Change {
        void to(int atomic) throws IOException;
    }

    private void run(List<PaymentGate> gates, Change change) throws Exception {
        Instant soonest = Instant.now().plus(LASTS);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> payers = new ArrayList<>();
            for (int i = 0; i < PAYERS; i++) {
                Buyer buyer = Buyer.of(1 + i % 2);
                payers.add(threads.submit(() -> {
                    while (!over) buy(buyer, gates);
                }));
            }
            while (Instant.now().isBefore(soonest) || !isEnough()) {
                if (payers.stream().anyMatch(Future::isDone)) break;
                change.to(10_000 + ThreadLocalRandom.current().nextInt(80_000));
                sleep(BETWEEN_CHANGES);
            }
            over = true;
            for (Future<?> payer : payers) payer.get();
        }
        System.out.println(sold + " sold at " + prices.size() + " prices, " + soldAtOtherPrice
                + " of them at another one than in force when they were paid");
    }

    /** However busy the machine is. */
    private boolean isEnough() {
        return sold.get() > 50 && prices.size() > 5 && soldAtOtherPrice.get() > 10;
    }

    /** Asked by one, a moment's thought, paid at any. */
    private void buy(Buyer buyer, List<PaymentGate> gates) {
        Buyer.Asked asked = ask(buyer, any(gates));
        sleep(Duration.ofMillis(ThreadLocalRandom.current().nextInt(120)));
        PaymentGate gate = any(gates);
        long inForce = ask(buyer, gate).amount();
        Decision decision = gate.decide(buyer.pay(WEATHER, asked, Instant.now()));
        assertThat(decision).isInstanceOf(Decision.Attempt.class);
        Admission admission = gate.admit((Decision.Attempt) decision, "");
        assertThat(admission)
                .as("asked for %s, in force %s", asked.option(), inForce)
                .isInstanceOf(Admission.Granted.class);
        Grant grant = ((Admission.Granted) admission).grant();
        assertThat(gate.settle(grant, 200)).isInstanceOf(Settlement.Settled.class);
        gate.delivered(grant);
        assertThat(grant.facts().amount()).isEqualTo(asked.amount());
        prices.add(asked.amount());
        charged.addAndGet(asked.amount());
        sold.incrementAndGet();
        if (inForce != asked.amount()) soldAtOtherPrice.incrementAndGet();
    }

    private static Buyer.Asked ask(Buyer buyer, PaymentGate gate) {
        return buyer.read(((Decision.Answer) gate.decide(WEATHER)).response());
    }

    private static <T> T any(List<T> all) {
        return all.get(ThreadLocalRandom.current().nextInt(all.size()));
    }

    private static <T> List<T> shuffled(List<T> both) {
        return ThreadLocalRandom.current().nextBoolean() ? both : both.reversed();
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FareboxConfig config(int atomic) {
        return Till.weather("$0.0" + atomic);
    }

    /** As editors and {@code mv} replace a file. */
    private void write(Path file, int atomic) throws IOException {
        Path next = folder.resolve("next.yaml");
        Files.writeString(next, """
                public-url: http://127.0.0.1
                pay-to: { eip155: "0x209693Bc6afc0C5328bA36FaF03C514EF312287C" }
                accept: [farebox-dev/USDC]
                facilitators: [{ id: dev, type: dev }]
                book: { url: "jdbc:h2:file:%s/book" }
                routes:
                  - { id: weather, match: GET /weather, price: $0.0%d }
                """.formatted(folder, atomic));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
