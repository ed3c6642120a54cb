package io.farebox.ledger.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import io.lettuce.core.resource.ClientResources;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A single Redis, or the master that Sentinels name. */
final class SingleRedis extends RedisDoor {
    private final ClientResources resources;
    private final RedisClient client;
    private final String where;

    SingleRedis(ClientResources resources, List<RedisURI> uris) {
        this.resources = resources;
        this.client = RedisClient.create(resources, uris.getFirst());
        this.where = RedisUrl.where(uris.getFirst());
        client.setOptions(options(ClientOptions.builder()).build());
    }

    @Override
    RedisWay connect() {
        return new Way(client.connect(), where);
    }

    @Override
    void close() {
        close(client, resources);
    }

    private record Way(StatefulRedisConnection<String, String> connection, String where) implements RedisWay {
        @Override
        public RedisScriptingAsyncCommands<String, String> scripts() {
            return connection.async();
        }

        @Override
        public String server(int slot) {
            return "";
        }

        @Override
        public Map<String, RedisFuture<String>> infos() {
            return Map.of(where, connection.async().info());
        }

        @Override
        public CompletableFuture<Void> closeAsync() {
            return connection.closeAsync();
        }
    }
}
