package io.farebox.kills;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.chain.Eip3009Signer;
import io.farebox.interop.KeyFiles;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of a host that settles with transactions of its own, at every step of settling, over a real chain. Everybody
 * who pays is served once and has paid once in the end, by the balances on the chain; the book says the same.
 *
 * <p>{@code own.steps}: at which steps; {@code own.rounds}: how often.
 */
@Tag("long")
class OwnKillsTest {
    private static final String PAYEE = "0x209693Bc6afc0C5328bA36FaF03C514EF312287C";
    private static final BigInteger PRICE = BigInteger.valueOf(10_000);
    private static final BigInteger PURSE = BigInteger.valueOf(1_000_000);
    private static final int PAYERS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private static io.farebox.interop.Chain chain;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        chain = io.farebox.interop.Chain.start(84532);
    }

    @AfterAll
    static void stop() {
        chain.close();
    }

    private static List<Step> steps() {
        return Stream.of(System.getProperty("own.steps", "STORED,SENT").split(","))
                .map(Step::valueOf)
                .toList();
    }

    @Test
    void killedAtEveryStep_everybodyIsServedOnceAndHasPaidOnce() throws Exception {
        BigInteger earned = chain.balance(PAYEE);
        List<Eip3009Signer> everybody = new ArrayList<>();
        try (NodeBetween between = new NodeBetween(chain.rpc())) {
            Path prices = prices(between.url());
            HostProcess host = host(prices);
            for (int round = 0; round < Integer.getInteger("own.rounds", 1); round++) {
                for (Step step : steps()) {
                    List<Eip3009Signer> payers = payers();
                    everybody.addAll(payers);
                    host = killAt(step, round, host, between, prices, payers);
                }
            }
            host.close();
        }
        for (Eip3009Signer payer : everybody)
            assertThat(PURSE.subtract(chain.balance(payer.address())))
                    .as("paid by %s", payer)
                    .isEqualTo(PRICE);
        BigInteger all = PRICE.multiply(BigInteger.valueOf(everybody.size()));
        assertThat(chain.balance(PAYEE).subtract(earned)).isEqualTo(all);
        List<BookView.Entry> entries = BookView.h2(folder.resolve("book")).entries();
        assertThat(entries).noneMatch(BookView.Entry::isOpen);
        assertThat(entries.stream().filter(BookView.Entry::isSettled)).hasSize(everybody.size());
    }

    private HostProcess killAt(
            Step step, int round, HostProcess host, NodeBetween between, Path prices, List<Eip3009Signer> payers)
            throws Exception {
        Offer offer = Offer.ask(host.port(), Streaming.PATH);
        // Not always the first of them.
        between.arm(step, round, host::kill);
        Instant begin = Instant.now();
        List<Boolean> served = eachAtOnce(payers, payer -> pay(host.port(), offer, payer) == 200);
        between.awaitSprung(PATIENCE);
        host.close();
        HostProcess next = host(prices);
        List<Eip3009Signer> cut = new ArrayList<>();
        for (int i = 0; i < payers.size(); i++) if (!served.get(i)) cut.add(payers.get(i));
        List<Integer> tries = eachAtOnce(cut, payer -> insist(next.port(), offer, payer));
        System.out.printf(
                "own kills: %s %d: %d of %d were served before the kill, the others after %s tries; %.1f s in all%n",
                step,
                round,
                payers.size() - cut.size(),
                payers.size(),
                tries,
                Duration.between(begin, Instant.now()).toMillis() / 1e3);
        return next;
    }

    private interface Asking<T> {
        T ask(Eip3009Signer payer) throws Exception;
    }

    private static <T> List<T> eachAtOnce(List<Eip3009Signer> payers, Asking<T> asking) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> all = new ArrayList<>();
            for (Eip3009Signer payer : payers) all.add(threads.submit(() -> asking.ask(payer)));
            List<T> answers = new ArrayList<>();
            for (Future<T> each : all) answers.add(each.get());
            return answers;
        }
    }

    /** The status, or 0 if the server died. */
    private static int pay(int port, Offer offer, Eip3009Signer payer) {
        try (Wire wire = new Wire(port)) {
            return wire.get(Streaming.PATH, offer.sign(payer).line()).status();
        } catch (IOException e) {
            return 0;
        }
    }

    /** As stock clients do: signs anew until it is served. @return how often */
    private static int insist(int port, Offer offer, Eip3009Signer payer) {
        Instant end = Instant.now().plus(PATIENCE);
        for (int tries = 1; Instant.now().isBefore(end); tries++) {
            if (pay(port, offer, payer) == 200) return tries;
            Pauses.of(Duration.ofMillis(500));
        }
        throw new AssertionError(payer + " was not served within " + PATIENCE);
    }

    private static List<Eip3009Signer> payers() {
        List<Eip3009Signer> payers = new ArrayList<>();
        for (int i = 0; i < PAYERS; i++) {
            payers.add(Eip3009Signer.random());
            chain.mint(payers.getLast().address(), PURSE);
        }
        return payers;
    }

    private static HostProcess host(Path prices) throws IOException {
        return HostProcess.start(
                HostProcess.Kind.SERVLET, prices, "", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    }

    private Path prices(String rpc) throws IOException {
        return Files.writeString(
                folder.resolve("farebox.yaml"), """
                public-url: http://127.0.0.1
                pay-to: { eip155: "%s" }
                accept: [base-sepolia/USDC]
                secret: kills-kills-kills-kills
                facilitators: [{ id: own, chain: { key-file: "%s", batch: 2 } }]
                networks: { base-sepolia: { rpc: ["%s"], confirmations: 1 } }
                book: { url: "jdbc:h2:file:%s/book" }
                routes:
                  - { id: weather, match: "GET /weather", price: "$0.01" }
                  - { id: free, match: "GET /free", free: true }
                """.formatted(PAYEE, KeyFiles.write(folder, chain.own()), rpc, folder));
    }
}
