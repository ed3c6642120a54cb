package io.farebox.kills;

import io.farebox.servers.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Redis that is killed at the beginning of each cycle and started again in it; sometimes it only forgets everything. */
final class RedisCycles {
    /** When it was killed, and when it answered again. */
    record Outage(Instant killed, Instant back) {}

    private static final int FLUSHED_EVERY = 4;

    private final RedisServer redis;
    private final Duration cycle;
    private final Duration down;
    private final List<Outage> outages = new CopyOnWriteArrayList<>();
    private int flushes;

    RedisCycles(RedisServer redis, Duration cycle, Duration down) {
        this.redis = redis;
        this.cycle = cycle;
        this.down = down;
    }

    void run(int times) {
        for (int i = 1; i <= times; i++) {
            Instant next = Instant.now().plus(cycle);
            if (i % FLUSHED_EVERY == 2) flush();
            else dieAndComeBack();
            Pauses.of(Duration.between(Instant.now(), next));
        }
    }

    private void dieAndComeBack() {
        Instant killed = Instant.now();
        redis.stop();
        Pauses.of(down);
        redis.start();
        while (!redis.run("PING").equals("+PONG")) Pauses.of(Duration.ofMillis(5));
        outages.add(new Outage(killed, Instant.now()));
    }

    private void flush() {
        redis.run("FLUSHALL");
        flushes++;
    }

    List<Outage> outages() {
        return List.copyOf(outages);
    }

    int flushes() {
        return flushes;
    }
}
