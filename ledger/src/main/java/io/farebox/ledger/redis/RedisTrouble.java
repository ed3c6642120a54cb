package io.farebox.ledger.redis;

import io.lettuce.core.RedisCommandTimeoutException;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What lies behind an exception of Lettuce, which tells of a cluster's nodes one by one. */
final class RedisTrouble {
    private static final int DEEPEST = 10;

    private RedisTrouble() {}

    /** Whether some answer did not come in time. */
    static boolean isLate(Throwable trouble) {
        return any(trouble, RedisCommandTimeoutException.class::isInstance, 0);
    }

    /** The rest of a sentence that begins with where. */
    static String atStart(Throwable trouble, RedisUrl url) {
        return url.isCluster() && any(trouble, RedisTrouble::saysNoCluster, 0)
                ? "is no cluster; write redis:// or rediss:// instead of " + url.scheme() + "://"
                : "cannot be reached or does not let us in; see the cause";
    }

    private static boolean saysNoCluster(Throwable trouble) {
        return String.valueOf(trouble.getMessage()).contains("cluster support disabled");
    }

    private static boolean any(Throwable trouble, Predicate<Throwable> is, int depth) {
        if (is.test(trouble)) return true;
        return depth < DEEPEST
                && Stream.concat(Stream.ofNullable(trouble.getCause()), Arrays.stream(trouble.getSuppressed()))
                        .filter(Objects::nonNull)
                        .anyMatch(each -> any(each, is, depth + 1));
    }
}
