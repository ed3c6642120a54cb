package io.farebox.ledger.redis;

import io.farebox.ledger.BookOpenException;
import io.lettuce.core.RedisURI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The URL of the claims. It may hold a password, so nothing of it is shown but {@link #where()}. */
final class RedisUrl {
    private static final List<String> SCHEMES = List.of("redis://", "rediss://", "redis-sentinel://");

    private final RedisURI uri;

    private RedisUrl(RedisURI uri) {
        this.uri = uri;
    }

    /** @throws BookOpenException if it is no such URL */
    static RedisUrl parse(String url) {
        // What Lettuce says of a URL that it cannot read would show the password.
        RedisURI uri = SCHEMES.stream().anyMatch(url::startsWith) ? parsed(url) : null;
        if (uri == null)
            throw new BookOpenException(
                    "claims.url: not a URL of a Redis; write redis://:PASSWORD@HOST:6379/0, rediss://… for TLS, or"
                            + " redis-sentinel://HOST:26379,HOST:26379/0#MASTER, with % and two hex digits for each character of"
                            + " the password that is no letter or digit",
                    null);
        return new RedisUrl(uri);
    }

    private static @Nullable RedisURI parsed(String url) {
        try {
            RedisURI uri = RedisURI.create(url);
            boolean sentinel = !uri.getSentinels().isEmpty();
            String master = uri.getSentinelMasterId();
            if (sentinel) return master == null || master.isBlank() ? null : uri;
            return uri.getHost() == null || uri.getHost().isBlank() ? null : uri;
        } catch (RuntimeException e) {
            return null;
        }
    }

    RedisURI uri() {
        return uri;
    }

    /** Host and port, or the name of the master, for messages. */
    String where() {
        if (!uri.getSentinels().isEmpty()) return "the Redis that Sentinel calls " + uri.getSentinelMasterId();
        return "the Redis on " + uri.getHost() + ", port " + uri.getPort();
    }
}
