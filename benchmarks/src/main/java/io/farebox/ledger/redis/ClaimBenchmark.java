package io.farebox.ledger.redis;

import io.farebox.servers.RedisServer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How long a claim in Redis takes, and giving it back, over loopback: one round trip each. In the package of the claims, because they
 * are not public.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@NullMarked
@SuppressWarnings("NullAway.Init") // JMH calls open
public class ClaimBenchmark {
    private final AtomicLong next = new AtomicLong();
    private RedisServer server;
    private RedisClaims claims;

    @Setup
    public void open() {
        server = new RedisServer(List.of());
        claims = new RedisClaims(RedisLink.open(RedisUrl.parse(server.url())), KeyNames.of("benchmark", false));
    }

    @TearDown
    public void close() {
        claims.close();
        server.close();
    }

    /** A claim of its own each time. */
    @Benchmark
    public boolean claim() {
        Instant now = Instant.now();
        return claims.claim("payment-" + next.incrementAndGet(), "owner", now.plusSeconds(45), now);
    }

    /** A claim, and then it is given back and that is waited for. */
    @Benchmark
    public boolean claimAndComplete() {
        Instant now = Instant.now();
        String payment = "payment-" + next.incrementAndGet();
        boolean claimed = claims.claim(payment, "owner", now.plusSeconds(45), now);
        claims.giveBack(payment, "owner");
        // On the same connection, so by its answer the claim is gone.
        return claimed && claims.look(payment, now);
    }
}
