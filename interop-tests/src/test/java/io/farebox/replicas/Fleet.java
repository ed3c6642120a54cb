package io.farebox.replicas;

import io.farebox.servers.PostgresServer;
import io.farebox.servers.RedisServer;
import io.farebox.servers.SlowLink;
import io.farebox.testkit.facilitator.Authorization;
import io.farebox.testkit.facilitator.ChargeLedger;
import io.farebox.testkit.facilitator.StubFacilitator;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Three replicas in processes of their own on one book in PostgreSQL, with claims in it or on Redis, a slow link before either,
 * one facilitator and one upstream.
 */
final class Fleet implements AutoCloseable {
    /** Where claims are held. */
    enum Claims {
        REDIS,
        BOOK
    }

    /** What a fleet is made of. */
    record Variant(Claims claims, Replica.Kind kind) {
        /** Those that {@code -Dfleets=REDIS-GATEWAY,BOOK-SERVLET} names; the cheapest unless it does. */
        static Stream<Variant> chosen() {
            return Arrays.stream(System.getProperty("fleets", "REDIS-SERVLET").split(","))
                    .map(variant -> variant.split("-"))
                    .map(parts -> new Variant(Claims.valueOf(parts[0]), Replica.Kind.valueOf(parts[1])));
        }

        @Override
        public String toString() {
            return claims + "-" + kind;
        }
    }

    /** Hears of what happens behind the replicas. */
    interface Listener {
        default void charged(Authorization authorization) {}

        default void ran(Upstream.Run run) {}
    }

    static final int SIZE = 3;
    static final String PATH = "/weather/oslo";
    private static final String PAYEE = "0x209693Bc6afc0C5328bA36FaF03C514EF312287C";

    final Variant variant;
    final RedisServer redis;
    final StubFacilitator facilitator;
    final Upstream upstream;
    final SlowLink bookLink;
    final SlowLink claimsLink;
    final List<Replica> replicas;
    final String database;
    volatile Listener listener = new Listener() {};

    /** Starts all of it and waits until it sells. */
    Fleet(Variant variant, Path folder, PostgresServer postgres, RedisServer redis) {
        this.variant = variant;
        this.redis = redis;
        facilitator = StubFacilitator.start(new ChargeLedger(charge -> listener.charged(charge)));
        upstream = new Upstream(folder, run -> listener.ran(run));
        database = postgres.newDatabase();
        redis.run("FLUSHALL");
        bookLink = new SlowLink(postgres.port(), 1);
        claimsLink = new SlowLink(redis.port(), 2);
        String book = database.replace(":" + postgres.port() + "/", ":" + bookLink.port() + "/");
        replicas = IntStream.range(0, SIZE)
                .mapToObj(i -> new Replica(variant.kind(), folder.resolve("r" + i), yaml(i, book), upstream.url(i)))
                .toList();
        try {
            replicas.forEach(Replica::start);
            replicas.forEach(Replica::awaitServing);
        } catch (AssertionError | RuntimeException e) {
            close();
            throw e;
        }
    }

    private String yaml(int replica, String book) {
        String claims = variant.claims() == Claims.REDIS
                ? "claims: { url: \"redis://127.0.0.1:" + claimsLink.port() + "\" }\n"
                : "";
        return """
                public-url: http://127.0.0.1
                upstream: { url: "%s" }
                pay-to: { eip155: "%s" }
                accept: [base-sepolia/USDC]
                settle-wait: 1s
                secret: a-secret-that-three-replicas-share
                facilitators:
                  - { id: stub, url: "%s", connect-timeout: 1s, verify-timeout: 2s, settle-timeout: 2s }
                book: { url: "%s" }
                %sroutes:
                  - { id: weather, match: "GET /weather/{city}", price: "$0.01" }
                """.formatted(upstream.url(replica), PAYEE, facilitator.url(), book, claims);
    }

    /** How long each way to a store takes at most. */
    void delay(int mostMillis) {
        bookLink.delay(mostMillis);
        claimsLink.delay(mostMillis);
    }

    /** Where one of the replicas is asked, whatever the number. */
    URI url(int replica, String path) {
        return replicas.get(replica % SIZE).url(path);
    }

    /** What the book says, see {@link PostgresServer#query}. */
    List<String> ask(String sql) {
        return PostgresServer.query(database, sql);
    }

    @Override
    public void close() {
        replicas.forEach(Replica::close);
        bookLink.close();
        claimsLink.close();
        upstream.close();
        facilitator.close();
    }
}
