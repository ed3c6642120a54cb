package io.farebox.ledger.redis;

import io.farebox.gate.BookUnavailableException;
import io.farebox.ledger.BookOpenException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** The one way to Redis, which comes back by itself. Commands are refused at once while it is away. Thread-safe. */
final class RedisLink implements AutoCloseable {
    static final Duration DEADLINE = Duration.ofMillis(200);

    /** A machine that vanished never ends its connection: after so long without any answer we do. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    /** How long a start waits for an answer: a process that begins on a busy machine is slower than any Redis. */
    private static final Duration START = Duration.ofSeconds(30);

    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final RedisDoor door;
    private final Silence silence = new Silence(SILENCE);
    private final AtomicBoolean replacing = new AtomicBoolean();
    private volatile RedisWay way;

    private RedisLink(RedisDoor door, RedisWay way) {
        this.door = door;
        this.way = way;
    }

    /** @throws BookOpenException if it cannot be reached or used */
    static RedisLink open(RedisUrl url) {
        RedisDoor door = RedisDoor.of(url);
        try {
            return new RedisLink(door, atStart(() -> connect(door)));
        } catch (RuntimeException e) {
            door.close();
            throw new BookOpenException("claims.url: " + url.where() + " " + RedisTrouble.atStart(e, url), e);
        }
    }

    private static RedisWay connect(RedisDoor door) {
        try {
            return door.connect();
        } catch (RedisException e) {
            if (RedisTrouble.isLate(e)) throw new BookUnavailableException("Redis did not answer", e);
            throw e;
        }
    }

    /** Asks again and again until there is an answer. @throws BookUnavailableException if there is none for half a minute */
    static <T> T atStart(Supplier<T> question) {
        long begun = System.nanoTime();
        while (true) {
            try {
                return question.get();
            } catch (BookUnavailableException e) {
                if (System.nanoTime() - begun > START.toNanos()) throw e;
                LockSupport.parkNanos(BETWEEN.toNanos());
            }
        }
    }

    /** Names the server that holds a slot; empty if there is only one. */
    String server(int slot) {
        return way.server(slot);
    }

    /** Does not wait. @param keys all of one slot @throws BookUnavailableException if nothing was sent */
    <T> RedisFuture<T> send(String script, ScriptOutputType answer, String[] keys, String... arguments) {
        try {
            return way.scripts().eval(script, answer, keys, arguments);
        } catch (RedisException e) {
            throw new BookUnavailableException("the claims on Redis failed", e);
        }
    }

    /** What every server that holds claims tells of itself. @throws BookUnavailableException if one does not */
    Map<String, String> infos() {
        Map<String, String> told = new LinkedHashMap<>();
        try {
            way.infos().forEach((where, info) -> told.put(where, await(info, "")));
        } catch (RedisException e) {
            throw new BookUnavailableException("not every master of Redis can be asked", e);
        }
        return told;
    }

    /**
     * @param slot of the keys
     * @throws BookUnavailableException if the command failed, or nothing is known of it in time
     */
    <T> T await(RedisFuture<T> answer, int slot) {
        return await(answer, server(slot));
    }

    private <T> T await(RedisFuture<T> answer, String server) {
        try {
            // Lettuce ends it at the deadline; twice that is for a Lettuce that does not.
            T value = answer.get(2 * DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            silence.answered(server);
            return value;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RedisCommandTimeoutException) unanswered(server);
            throw new BookUnavailableException("the claims on Redis failed", e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(false);
            unanswered(server);
            throw new BookUnavailableException("Redis did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BookUnavailableException("interrupted while Redis was asked", e);
        }
    }

    private void unanswered(String server) {
        if (silence.unanswered(server) && replacing.compareAndSet(false, true))
            Thread.ofVirtual().name("farebox-redis-anew").start(this::replace);
    }

    private void replace() {
        try {
            RedisWay silent = way;
            way = door.connect();
            silence.forget();
            // In a cluster the others go on answering over it.
            LockSupport.parkNanos(2 * DEADLINE.toNanos());
            CompletableFuture<Void> ignored = silent.closeAsync();
        } catch (RuntimeException e) {
            // Nobody is there; the next command that is not answered tries again.
        } finally {
            replacing.set(false);
        }
    }

    @Override
    public void close() {
        CompletableFuture<Void> ignored = way.closeAsync();
        door.close();
    }
}
