package io.farebox.kills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** One host on one book, killed again and again. The process that is started after a kill is the next one to be killed. */
final class KillLane implements AutoCloseable {
    private static final int OTHERS = 25;
    private static final int CLIENTS = 34;
    private static final Duration WORK = Duration.ofMillis(80);
    private static final Duration PROMISE = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** What one kill came to. */
    record Outcome(
            int payments,
            int flying,
            int cut,
            long withoutEnd,
            long owed,
            int chargedAnew,
            Duration restAfterKill,
            Duration restAfterStart) {}

    private final HostProcess.Kind kind;
    private final MemoryChain chain = new MemoryChain();
    private final LoopbackServer facilitator;
    private final LoopbackServer upstream;
    private final Path prices;
    private final Aftermath aftermath;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Map<String, AtomicInteger> refusals = new ConcurrentHashMap<>();
    private volatile Trap trap;
    private HostProcess host;

    /**
     * @param books lines of the configuration that name the book, and where claims are kept
     * @param times settings that say how long settling may take
     */
    KillLane(HostProcess.Kind kind, Path folder, String books, BookView book, String times) throws IOException {
        this.kind = kind;
        facilitator = LoopbackServer.start(0, new Facilitating("one", chain, WORK, this::at));
        upstream = LoopbackServer.start(0, new Streaming(WORK, this::at));
        aftermath = new Aftermath(book, chain);
        prices = Files.writeString(
                folder.resolve("farebox.yaml"), """
                public-url: http://127.0.0.1
                upstream: { url: "%s" }
                pay-to: { eip155: "0x209693Bc6afc0C5328bA36FaF03C514EF312287C" }
                accept: [base-sepolia/USDC]
                secret: kills-kills-kills-kills
                facilitators: [{ id: one, url: "%s"%s }]
                %s
                routes:
                  - { id: weather, match: "GET /weather", price: "$0.01" }
                  - { id: free, match: "GET /free", free: true }
                """.formatted(upstream.url(), facilitator.url(), times, books));
        host = start();
    }

    private HostProcess start() throws IOException {
        return HostProcess.start(
                kind, prices, upstream.url(), "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    }

    private void at(KillPoint point) throws IOException {
        Trap set = trap;
        if (set != null && set.at(point)) throw new IOException("it is dead");
    }

    Outcome killAt(KillPoint point) throws Exception {
        HostProcess victim = host;
        Offer offer = Offer.ask(victim.port(), Streaming.PATH);
        Trap set = new Trap(point, OTHERS, inFlight, victim::kill);
        Crowd crowd = new Crowd(victim.port(), offer, inFlight, status -> {
            if (status == 200) set.at(KillPoint.MID_BODY);
        });
        trap = set;
        crowd.come(CLIENTS);
        set.awaitSprung(PATIENCE);
        Instant killed = Instant.now();
        List<Sent> payments = crowd.leave();
        host = start();
        Instant serving = Instant.now();
        Duration rest = aftermath.awaitRest(killed, serving.plus(PROMISE));
        Duration restSinceServing = Duration.between(serving, Instant.now());
        aftermath.bookEqualsChain();
        long owed = aftermath.judge(payments);
        List<Sent> cut = payments.stream().filter(one -> !one.isServed()).toList();
        int chargedAnew = fetch(cut);
        return new Outcome(
                payments.size(),
                set.flyingAtTheKill(),
                cut.size(),
                withoutEnd(payments),
                owed,
                chargedAnew,
                rest,
                restSinceServing);
    }

    private static long withoutEnd(List<Sent> payments) {
        return payments.stream().filter(Sent::isWithoutEnd).count();
    }

    /** Those who got nothing sign anew, and are charged only if they were not before. @return how many were */
    private int fetch(List<Sent> cut) throws Exception {
        Offer offer = Offer.ask(host.port(), Streaming.PATH);
        int before = chain.charges();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (Sent one : cut) all.add(threads.submit(() -> fetch(offer, one)));
            for (Future<?> one : all) one.get();
        }
        return chain.charges() - before;
    }

    private Void fetch(Offer offer, Sent cut) throws IOException {
        boolean paid = chain.isCharged(cut.authorization());
        Instant end = Instant.now().plus(PROMISE);
        Offer.Signed anew = offer.sign(cut.key());
        Wire.Answer answer = ask(anew);
        while (answer.status() != 200 && Instant.now().isBefore(end)) {
            refusals.computeIfAbsent(answer.status() + " " + answer.text(), any -> new AtomicInteger())
                    .incrementAndGet();
            Pauses.of(Duration.ofMillis(500));
            anew = offer.sign(cut.key());
            answer = ask(anew);
        }
        assertThat(answer.status()).as("%s: %s", cut, answer.text()).isEqualTo(200);
        assertThat(answer.body()).hasSize(Streaming.LENGTH);
        assertThat(chain.isCharged(anew.authorization()) && paid)
                .as("charged again: %s", cut)
                .isFalse();
        assertThat(chain.chargesOf(cut.authorization()))
                .as("charges of one payer for one answer")
                .isOne();
        return null;
    }

    private Wire.Answer ask(Offer.Signed payment) throws IOException {
        try (Wire wire = new Wire(host.port())) {
            return wire.get(Streaming.PATH, payment.line());
        }
    }

    /** What those who fetched were told before they were served, and how often. */
    String refusals() {
        return refusals.keySet().stream()
                        .map(text -> text.substring(0, Math.min(100, text.length())))
                        .distinct()
                        .toList()
                + " " + refusals.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** Stops the host, and looks at everything once more. */
    @Override
    public void close() {
        host.close();
        facilitator.close();
        upstream.close();
    }

    void check() throws IOException, SQLException {
        aftermath.awaitRest(Instant.now(), Instant.now().plus(PROMISE));
        aftermath.bookEqualsChain();
    }

    int charges() {
        return chain.charges();
    }
}
