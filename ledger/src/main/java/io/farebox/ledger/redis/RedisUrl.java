package io.farebox.ledger.redis;

import io.farebox.ledger.BookOpenException;
import io.lettuce.core.RedisURI;
import java.util.ArrayList;
import java.util.List;

/** The URL of the claims. It may hold a password, so nothing of it is shown but {@link #where()}. */
final class RedisUrl {
    private static final List<String> SINGLE = List.of("redis", "rediss", "redis-sentinel");
    private static final List<String> CLUSTER = List.of("redis-cluster", "rediss-cluster");

    private final String scheme;
    private final List<RedisURI> uris;

    private RedisUrl(String scheme, List<RedisURI> uris) {
        this.scheme = scheme;
        this.uris = uris;
    }

    /** @throws BookOpenException if it is no such URL */
    static RedisUrl parse(String url) {
        int end = Math.max(0, url.indexOf("://"));
        String scheme = url.substring(0, end);
        // What Lettuce says of a URL that it cannot read would show the password.
        List<RedisURI> uris = CLUSTER.contains(scheme)
                ? cluster(scheme.equals("rediss-cluster") ? "rediss://" : "redis://", url.substring(end + 3))
                : SINGLE.contains(scheme) ? single(url) : List.of();
        if (uris.isEmpty())
            throw new BookOpenException(
                    "claims.url: not a URL of a Redis; write redis://:PASSWORD@HOST:6379/0, rediss://… for TLS,"
                            + " redis-sentinel://HOST:26379,HOST:26379/0#MASTER, or redis-cluster://:PASSWORD@HOST:6379,HOST:6379"
                            + " (rediss-cluster://… for TLS), with % and two hex digits for each character of the password that is"
                            + " no letter or digit",
                    null);
        return new RedisUrl(scheme, uris);
    }

    private static List<RedisURI> single(String url) {
        try {
            RedisURI uri = RedisURI.create(url);
            boolean sentinel = !uri.getSentinels().isEmpty();
            String master = uri.getSentinelMasterId();
            if (sentinel) return master == null || master.isBlank() ? List.of() : List.of(uri);
            return isHost(uri) ? List.of(uri) : List.of();
        } catch (RuntimeException e) {
            return List.of();
        }
    }

    /** What stands before the hosts and behind them counts for each. A cluster has one database only. */
    private static List<RedisURI> cluster(String each, String rest) {
        int options = rest.indexOf('?');
        String hosts = options < 0 ? rest : rest.substring(0, options);
        String before = hosts.substring(0, hosts.lastIndexOf('@') + 1);
        String behind = options < 0 ? "" : rest.substring(options);
        List<RedisURI> seeds = new ArrayList<>();
        try {
            for (String host : hosts.substring(before.length()).split(",", -1)) {
                RedisURI seed = RedisURI.create(each + before + host + behind);
                if (!isHost(seed) || seed.getDatabase() != 0 || host.contains("#")) return List.of();
                seeds.add(seed);
            }
            return seeds;
        } catch (RuntimeException e) {
            return List.of();
        }
    }

    /** Several hosts are a cluster's, and that has a name of its own. */
    private static boolean isHost(RedisURI uri) {
        return uri.getHost() != null
                && !uri.getHost().isBlank()
                && !uri.getHost().contains(",");
    }

    String scheme() {
        return scheme;
    }

    boolean isCluster() {
        return CLUSTER.contains(scheme);
    }

    /** One, or the nodes of a cluster that are asked first for the others. */
    List<RedisURI> uris() {
        return uris;
    }

    /** Host and port, or the name of the master, for messages. */
    String where() {
        RedisURI first = uris.getFirst();
        return isCluster()
                ? "the Redis Cluster of " + first.getHost() + ", port " + first.getPort() + ","
                : where(first);
    }

    static String where(RedisURI uri) {
        if (!uri.getSentinels().isEmpty()) return "the Redis that Sentinel calls " + uri.getSentinelMasterId();
        return "the Redis on " + uri.getHost() + ", port " + uri.getPort();
    }
}
