package io.farebox.ledger.redis;

import io.farebox.gate.BookUnavailableException;
import io.farebox.ledger.BookOpenException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** The one connection to Redis, which comes back by itself. Commands are refused at once while it is away. Thread-safe. */
final class RedisLink implements AutoCloseable {
    static final Duration DEADLINE = Duration.ofMillis(200);

    /** A machine that vanished never ends its connection: after so long without any answer we do. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    /** How long a start waits for an answer: a process that begins on a busy machine is slower than any Redis. */
    private static final Duration START = Duration.ofSeconds(30);

    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final long ANSWERED = 0;
    private static final Duration CONNECT = Duration.ofSeconds(2);
    /** More than a process may hold: all of them are set again at once when Redis has lost them. */
    private static final int WAITING = 2 * LivingClaims.CAPACITY;

    private final ClientResources resources;
    private final RedisClient client;
    private final AtomicLong silentSince = new AtomicLong(ANSWERED);
    private final AtomicBoolean replacing = new AtomicBoolean();
    private volatile StatefulRedisConnection<String, String> connection;

    private RedisLink(
            ClientResources resources, RedisClient client, StatefulRedisConnection<String, String> connection) {
        this.resources = resources;
        this.client = client;
        this.connection = connection;
    }

    /** @throws BookOpenException if it cannot be reached or used */
    static RedisLink open(RedisUrl url) {
        RedisURI uri = url.uri();
        uri.setTimeout(CONNECT);
        ClientResources resources = ClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .reconnectDelay(Delay.constant(Duration.ofMillis(250)))
                .build();
        RedisClient client = RedisClient.create(resources, uri);
        client.setOptions(options());
        try {
            return new RedisLink(resources, client, atStart(() -> connect(client)));
        } catch (RuntimeException e) {
            close(client, resources);
            throw new BookOpenException(
                    "claims.url: " + url.where() + " cannot be reached or does not let us in; see the cause", e);
        }
    }

    private static StatefulRedisConnection<String, String> connect(RedisClient client) {
        try {
            return client.connect();
        } catch (RedisConnectionException e) {
            if (e.getCause() instanceof RedisCommandTimeoutException)
                throw new BookUnavailableException("Redis did not answer", e);
            throw e;
        }
    }

    private static ClientOptions options() {
        return ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(WAITING)
                .pingBeforeActivateConnection(true)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT)
                        .keepAlive(true)
                        .build())
                .timeoutOptions(TimeoutOptions.builder().fixedTimeout(DEADLINE).build())
                .build();
    }

    RedisAsyncCommands<String, String> commands() {
        return connection.async();
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

    /** @throws BookUnavailableException if the command failed, or nothing is known of it in time */
    <T> T await(RedisFuture<T> answer) {
        try {
            // Lettuce ends it at the deadline; twice that is for a Lettuce that does not.
            T value = answer.get(2 * DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            silentSince.set(ANSWERED);
            return value;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RedisCommandTimeoutException) noteSilence();
            throw new BookUnavailableException("the claims on Redis failed", e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(false);
            noteSilence();
            throw new BookUnavailableException("Redis did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BookUnavailableException("interrupted while Redis was asked", e);
        }
    }

    private void noteSilence() {
        long now = System.nanoTime() | 1;
        long since = silentSince.compareAndExchange(ANSWERED, now);
        if (since == ANSWERED || now - since < SILENCE.toNanos()) return;
        if (replacing.compareAndSet(false, true))
            Thread.ofVirtual().name("farebox-redis-anew").start(this::replace);
    }

    private void replace() {
        try {
            StatefulRedisConnection<String, String> silent = connection;
            connection = client.connect();
            silentSince.set(ANSWERED);
            CompletableFuture<Void> ignored = silent.closeAsync();
        } catch (RuntimeException e) {
            // Nobody is there; the next command that is not answered tries again.
        } finally {
            replacing.set(false);
        }
    }

    @Override
    public void close() {
        connection.close();
        close(client, resources);
    }

    private static void close(RedisClient client, ClientResources resources) {
        try {
            client.shutdown(Duration.ZERO, DEADLINE);
            resources.shutdown(0, DEADLINE.toMillis(), TimeUnit.MILLISECONDS).await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RedisException e) {
            // Nothing is lost with it.
        }
    }
}
