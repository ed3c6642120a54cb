package io.farebox.ledger.redis;

import io.farebox.gate.BookUnavailableException;
import io.farebox.ledger.BookOpenException;
import java.util.Map;
import java.util.stream.Collectors;

/** What must be true of a Redis before it may hold claims. */
final class RedisChecks {
    private RedisChecks() {}

    /** @throws BookOpenException if it must not hold claims */
    static void check(RedisLink link, String where) {
        // CONFIG GET is forbidden where Redis is rented; INFO tells the same.
        Map<String, String> facts = facts(link, where);
        refuseUnless(
                "noeviction".equals(facts.get("maxmemory_policy")),
                where + " throws keys away when its memory is full (maxmemory-policy is "
                        + facts.getOrDefault("maxmemory_policy", "not told")
                        + "), so a payment could be claimed twice; set maxmemory-policy noeviction");
        refuseUnless(
                !"1".equals(facts.get("cluster_enabled")),
                where + " is a node of a Redis Cluster, which is not supported; use a single Redis or Sentinel");
        refuseUnless(
                !"slave".equals(facts.get("role")),
                where + " is a replica and cannot be written; name its master, or ask Sentinel with redis-sentinel://");
    }

    private static Map<String, String> facts(RedisLink link, String where) {
        try {
            String info = RedisLink.atStart(() -> link.await(link.commands().info()));
            return info.lines()
                    .filter(line -> line.contains(":"))
                    .collect(Collectors.toMap(
                            line -> line.substring(0, line.indexOf(':')),
                            line -> line.substring(line.indexOf(':') + 1).strip(),
                            (first, second) -> first));
        } catch (BookUnavailableException e) {
            throw new BookOpenException(
                    "claims.url: " + where + " does not answer INFO, so it is not known whether it keeps its keys", e);
        }
    }

    private static void refuseUnless(boolean good, String why) {
        if (!good) throw new BookOpenException("claims.url: " + why, null);
    }
}
