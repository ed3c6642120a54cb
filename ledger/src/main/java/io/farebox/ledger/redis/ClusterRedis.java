package io.farebox.ledger.redis;

import io.farebox.gate.BookUnavailableException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The masters of a Redis Cluster. Which of them holds what is looked at again whenever one answers otherwise or not at all. */
final class ClusterRedis extends RedisDoor {
    /** Finds what no answer tells: a master that vanished and was replaced. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final ClientResources resources;
    private final RedisClusterClient client;

    ClusterRedis(ClientResources resources, List<RedisURI> seeds) {
        this.resources = resources;
        this.client = RedisClusterClient.create(resources, seeds);
        ClusterClientOptions.Builder options = ClusterClientOptions.builder();
        options(options);
        client.setOptions(options.topologyRefreshOptions(looks()).build());
    }

    private static ClusterTopologyRefreshOptions looks() {
        return ClusterTopologyRefreshOptions.builder()
                .adaptiveRefreshTriggersTimeout(BETWEEN_LOOKS)
                .refreshTriggersReconnectAttempts(1)
                .enablePeriodicRefresh(LOOK_AGAIN)
                .build();
    }

    @Override
    RedisWay connect() {
        client.refreshPartitions();
        return new Way(client, client.connect());
    }

    @Override
    void close() {
        close(client, resources);
    }

    private record Way(RedisClusterClient client, StatefulRedisClusterConnection<String, String> connection)
            implements RedisWay {
        @Override
        public RedisScriptingAsyncCommands<String, String> scripts() {
            return connection.async();
        }

        @Override
        public String server(int slot) {
            RedisClusterNode master = connection.getPartitions().getMasterBySlot(slot);
            return master == null ? "" : master.getNodeId();
        }

        @Override
        public Map<String, RedisFuture<String>> infos() {
            Map<String, RedisFuture<String>> infos = new LinkedHashMap<>();
            for (RedisClusterNode master : masters()) {
                RedisURI uri = master.getUri();
                infos.put(
                        RedisUrl.where(uri) + ", a master of the cluster",
                        connection
                                .getConnection(uri.getHost(), uri.getPort())
                                .async()
                                .info());
            }
            return infos;
        }

        private Set<RedisClusterNode> masters() {
            client.refreshPartitions();
            Set<RedisClusterNode> masters = new LinkedHashSet<>();
            for (int slot = 0; slot < SlotHash.SLOT_COUNT; slot++) {
                RedisClusterNode master = connection.getPartitions().getMasterBySlot(slot);
                if (master == null)
                    throw new BookUnavailableException("no master of the cluster has slot " + slot, null);
                masters.add(master);
            }
            return masters;
        }

        @Override
        public CompletableFuture<Void> closeAsync() {
            return connection.closeAsync();
        }
    }
}
