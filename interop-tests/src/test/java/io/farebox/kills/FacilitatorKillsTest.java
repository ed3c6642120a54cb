package io.farebox.kills;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.chain.Eip3009Signer;
import io.farebox.testkit.facilitator.Authorization;
import io.farebox.testkit.host.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first of two facilitators is killed again and again while payers pay: at least 99.9 % are served within a minute, by
 * starting again with a new payment if they must, and nobody is charged twice for it.
 */
class FacilitatorKillsTest {
    private static final int RATE = Integer.getInteger("outside.rate", 20);
    private static final int KILLS = Integer.getInteger("outside.kills", 2);
    private static final Duration BETWEEN = Duration.ofSeconds(Integer.getInteger("outside.between", 4));
    private static final Duration DOWN = Duration.ofSeconds(Integer.getInteger("outside.down", 1));
    private static final HostProcess.Kind HOST = HostProcess.Kind.valueOf(
            System.getProperty("outside.host", "servlet").toUpperCase(Locale.ROOT));
    /** Percent of the payers, at least; what is promised is for machines that have time. */
    private static final double SERVED = Double.parseDouble(System.getProperty("outside.served", "90"));

    /** The first facilitator's share, at least: it is away for five seconds of thirty, and rests for some. */
    private static final double FIRST = BETWEEN.toSeconds() < 30 ? 0 : 0.5;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("outside.warm", 1));

    @TempDir
    private Path folder;

    private final MemoryChain chain = new MemoryChain();
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final Queue<Duration> later = new ConcurrentLinkedQueue<>();
    private final Queue<String> never = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> others = new ConcurrentHashMap<>();

    @Test
    void firstFacilitatorDies_payersAreServedAndChargedOnce() throws Exception {
        try (LoopbackServer ledger = ChainServer.serve(chain);
                LoopbackServer upstream = LoopbackServer.start(0, (asked, reply) -> reply.json("{\"celsius\":21}"));
                FacilitatorProcess first = facilitator("first", ledger);
                FacilitatorProcess second = facilitator("second", ledger);
                HostProcess host =
                        HostProcess.start(HOST, prices(first, second, upstream), upstream.url(), "-Xmx384m")) {
            Offer offer = Offer.ask(host.port(), Streaming.PATH);
            Instant began = Instant.now();
            try (Traffic.Wires wires = new Traffic.Wires(host.port());
                    Traffic traffic = new Traffic()) {
                traffic.begin(RATE, () -> buy(wires, offer));
                Pauses.of(WARM_UP);
                for (int kill = 0; kill < KILLS; kill++) killAndRestart(first);
                traffic.end();
                tell(Duration.between(began, Instant.now()));
            }
            check();
            BookView book = BookView.h2(folder.resolve("book"));
            Aftermath aftermath = new Aftermath(book, chain);
            Duration rest = aftermath.awaitRest(Instant.now(), Instant.now().plus(PATIENCE));
            System.out.printf("facilitators: the book at rest %.1f s after the last answer%n", rest.toMillis() / 1e3);
            aftermath.bookEqualsChain();
            firstIsAskedAgainOnceItIsBack(book.entries());
        }
    }

    private static void killAndRestart(FacilitatorProcess first) throws IOException {
        Instant next = Instant.now().plus(BETWEEN);
        first.kill();
        Pauses.of(DOWN);
        first.start();
        Pauses.of(Duration.between(Instant.now(), next));
    }

    /** Otherwise the kills but the first would have killed nothing that is used. */
    private static void firstIsAskedAgainOnceItIsBack(List<BookView.Entry> entries) {
        long first = entries.stream()
                .filter(entry -> "first".equals(entry.facilitator()))
                .count();
        System.out.printf("facilitators: the first settled %d of %d%n", first, entries.size());
        assertThat(1.0 * first / entries.size()).isGreaterThan(FIRST);
    }

    /** As stock clients do: whatever goes wrong, they start again and sign anew. */
    private void buy(Traffic.Wires wires, Offer offer) {
        sent.incrementAndGet();
        Eip3009Signer key = Eip3009Signer.random();
        Instant begun = Instant.now();
        Authorization last = null;
        List<String> told = new ArrayList<>();
        for (int turn = 0; Duration.between(begun, Instant.now()).compareTo(PATIENCE) < 0; turn++) {
            if (turn > 0) Pauses.of(Duration.ofSeconds(1));
            Offer.Signed payment = offer.sign(key);
            last = payment.authorization();
            Instant asked = Instant.now();
            String answer = answer(wires, payment);
            told.add("%s at %.1f s after %.1f s: %s"
                    .formatted(
                            last.nonce().substring(0, 10),
                            Duration.between(begun, asked).toMillis() / 1e3,
                            Duration.between(asked, Instant.now()).toMillis() / 1e3,
                            answer));
            if (!answer.equals("200")) continue;
            if (turn == 0) atOnce.incrementAndGet();
            else later.add(Duration.between(begun, Instant.now()));
            if (chain.chargesOf(last) != 1)
                never.add("charged " + chain.chargesOf(last) + " times: " + last.from() + " " + told);
            return;
        }
        never.add("not served in time: " + last);
    }

    /** The status, and what went wrong if it is another than 200. */
    private String answer(Traffic.Wires wires, Offer.Signed payment) {
        String answer;
        try {
            Wire.Answer whole = wires.get(Streaming.PATH, payment.line());
            if (whole.status() == 200) return "200";
            answer = whole.status() + " " + Tally.reason(whole.text());
        } catch (IOException e) {
            answer = "none";
        }
        others.computeIfAbsent(answer, any -> new AtomicInteger()).incrementAndGet();
        return answer;
    }

    private void tell(Duration took) {
        System.out.printf(
                "facilitators: %d kills in %.0f s at %.0f payments a second%n",
                KILLS, took.toMillis() / 1e3, sent.get() / (took.toMillis() / 1e3));
    }

    private void check() {
        int served = atOnce.get() + later.size();
        System.out.printf(
                "facilitators: %d payers, %d served at once, %d later (after %.1f s at most), charged more than once: %s;"
                        + " other answers %s; %d charges, %d settled twice%n",
                sent.get(),
                atOnce.get(),
                later.size(),
                later.stream().mapToLong(Duration::toMillis).max().orElse(0) / 1e3,
                never.stream().filter(what -> what.startsWith("charged")).toList(),
                others,
                chain.charges(),
                chain.wantedByTwo().size());
        assertThat(chain.wantedByTwo()).isEmpty();
        assertThat(never).noneMatch(what -> what.startsWith("charged"));
        assertThat(100.0 * served / sent.get()).isGreaterThanOrEqualTo(SERVED);
    }

    private FacilitatorProcess facilitator(String name, LoopbackServer ledger) throws IOException {
        return new FacilitatorProcess(name, FreePort.find(), ledger.port(), folder.resolve(name + ".txt"));
    }

    private Path prices(FacilitatorProcess first, FacilitatorProcess second, LoopbackServer upstream)
            throws IOException {
        return Files.writeString(folder.resolve("farebox.yaml"), """
                public-url: http://127.0.0.1
                upstream: { url: "%s" }
                pay-to: { eip155: "0x209693Bc6afc0C5328bA36FaF03C514EF312287C" }
                accept: [base-sepolia/USDC]
                secret: kills-kills-kills-kills
                facilitators:
                  - { id: first, url: "%s" }
                  - { id: second, url: "%s" }
                book: { url: "jdbc:h2:file:%s" }
                routes:
                  - { id: weather, match: "GET /weather", price: "$0.01" }
                  - { id: free, match: "GET /free", free: true }
                """.formatted(
                        upstream.url(), first.url(), second.url(), folder.resolve("book")));
    }
}
