package io.farebox.ledger.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisException;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Where connections to Redis come from. Thread-safe. */
abstract sealed class RedisDoor permits SingleRedis, ClusterRedis {
    static final Duration CONNECT = Duration.ofSeconds(2);

    /** More than a process may hold: all of them are set again at once when Redis has lost them. */
    private static final int WAITING = 2 * LivingClaims.CAPACITY;

    static RedisDoor of(RedisUrl url) {
        url.uris().forEach(uri -> uri.setTimeout(CONNECT));
        ClientResources resources = ClientResources.builder()
                .ioThreadPoolSize(2)
                .computationThreadPoolSize(2)
                .reconnectDelay(Delay.constant(Duration.ofMillis(250)))
                .build();
        return url.isCluster() ? new ClusterRedis(resources, url.uris()) : new SingleRedis(resources, url.uris());
    }

    /** What counts for every connection: commands are refused at once while it is away. */
    static ClientOptions.Builder options(ClientOptions.Builder options) {
        return options.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(WAITING)
                .pingBeforeActivateConnection(true)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT)
                        .keepAlive(true)
                        .build())
                .timeoutOptions(TimeoutOptions.builder()
                        .fixedTimeout(RedisLink.DEADLINE)
                        .build());
    }

    /** @throws RedisException if it cannot be had */
    abstract RedisWay connect();

    abstract void close();

    static void close(AbstractRedisClient client, ClientResources resources) {
        try {
            client.shutdown(Duration.ZERO, RedisLink.DEADLINE);
            resources
                    .shutdown(0, RedisLink.DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
                    .await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RedisException e) {
            // Nothing is lost with it.
        }
    }
}
