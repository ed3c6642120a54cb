package io.farebox.kills;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.chain.Eip3009Signer;
import io.farebox.servers.PostgresServer;
import io.farebox.servers.RedisServer;
import io.farebox.servers.SharedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two replicas with claims in a Redis that dies again and again, under fresh payments and replays of them: nothing is served
 * twice, nothing unpaid; who is refused is told 503 without a price; what is sent outside the outages is served.
 */
@ExtendWith(SharedPostgres.class)
class RedisKillsTest {
    private static final int RATE = Integer.getInteger("redis.rate", 50);
    private static final int CYCLES = Integer.getInteger("redis.cycles", 4);
    private static final int REPLAYS = Integer.getInteger("redis.replays", 4);
    private static final Duration CYCLE = Duration.ofMillis(Integer.getInteger("redis.cycle", 2_000));
    private static final Duration DOWN = Duration.ofMillis(Integer.getInteger("redis.down", 500));
    private static final Duration REPLAYED_WITHIN = Duration.ofSeconds(3);
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("redis.warm", 2));
    /** Percent of the payments outside the outages, at least; what is promised is for machines that have time. */
    private static final double SERVED = Double.parseDouble(System.getProperty("redis.served", "50"));

    private static final Duration BACK = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    private final MemoryChain chain = new MemoryChain();
    private final Tally tally = new Tally();

    @Test
    void redisDies_nothingIsServedTwiceOrUnpaid(PostgresServer postgres) throws Exception {
        String book = postgres.newDatabase();
        try (RedisServer redis = new RedisServer(List.of());
                LoopbackServer facilitator =
                        LoopbackServer.start(0, new Facilitating("one", chain, Duration.ofMillis(5), Moments.NOBODY));
                HostProcess one = replica("one", book, redis, facilitator);
                HostProcess two = replica("two", book, redis, facilitator)) {
            RedisCycles cycles = new RedisCycles(redis, CYCLE, DOWN);
            Instant began = run(cycles, one, two);
            tally.tell(began, cycles, chain);
            assertThat(tally.servedTwice()).isEmpty();
            assertThat(tally.servedUnpaid(chain)).isEmpty();
            assertThat(tally.badRefusals()).isEmpty();
            if (SERVED >= 95)
                assertThat(tally.longestUntilServed(cycles.outages())).isLessThan(BACK);
            assertThat(tally.servedOutside(cycles.outages())).isGreaterThanOrEqualTo(SERVED);
            Aftermath aftermath = new Aftermath(BookView.postgres(book), chain);
            Duration rest = aftermath.awaitRest(Instant.now(), Instant.now().plusSeconds(90));
            System.out.printf("redis: the book at rest %.1f s after the last answer%n", rest.toMillis() / 1e3);
            aftermath.bookEqualsChain();
        }
    }

    /** @return when the first cycle began */
    private Instant run(RedisCycles cycles, HostProcess one, HostProcess two) throws IOException {
        Offer offer = Offer.ask(one.port(), Streaming.PATH);
        try (Traffic.Wires first = new Traffic.Wires(one.port());
                Traffic.Wires second = new Traffic.Wires(two.port());
                Traffic traffic = new Traffic()) {
            List<Traffic.Wires> replicas = List.of(first, second);
            // Each fresh payment brings its replays: together they make the rate.
            traffic.begin(RATE / (1.0 + REPLAYS), () -> pay(traffic, offer, replicas));
            Pauses.of(WARM_UP);
            Instant began = Instant.now();
            tally.forget();
            cycles.run(CYCLES);
            traffic.end();
            return began;
        }
    }

    private void pay(Traffic traffic, Offer offer, List<Traffic.Wires> replicas) {
        Offer.Signed payment = offer.sign(Eip3009Signer.random());
        for (int i = 0; i < REPLAYS; i++) {
            traffic.also(() -> {
                Pauses.upTo(REPLAYED_WITHIN);
                send(payment, false, replicas);
            });
        }
        send(payment, true, replicas);
    }

    private void send(Offer.Signed payment, boolean fresh, List<Traffic.Wires> replicas) {
        Instant sent = Instant.now();
        try {
            Wire.Answer answer = replicas.get(ThreadLocalRandom.current().nextInt(replicas.size()))
                    .get(Streaming.PATH, payment.line());
            tally.add(payment.authorization(), fresh, sent, answer);
        } catch (IOException e) {
            tally.lost(payment.authorization(), fresh, sent);
        }
    }

    private HostProcess replica(String name, String book, RedisServer redis, LoopbackServer facilitator)
            throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        Path prices =
                Files.writeString(own.resolve("farebox.yaml"), """
                public-url: http://127.0.0.1
                pay-to: { eip155: "0x209693Bc6afc0C5328bA36FaF03C514EF312287C" }
                accept: [base-sepolia/USDC]
                secret: kills-kills-kills-kills
                facilitators: [{ id: one, url: "%s", settle-timeout: 10s }]
                book: { url: "%s" }
                claims: { url: "%s", prefix: kills }
                routes:
                  - { id: weather, match: "GET /weather", price: "$0.01" }
                  - { id: free, match: "GET /free", free: true }
                """.formatted(facilitator.url(), book, redis.url()));
        return HostProcess.start(HostProcess.Kind.SERVLET, prices, "", "-Xmx256m");
    }
}
