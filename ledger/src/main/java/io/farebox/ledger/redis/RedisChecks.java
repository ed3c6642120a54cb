package io.farebox.ledger.redis;

import io.farebox.gate.BookUnavailableException;
import io.farebox.ledger.BookOpenException;
import java.util.Map;
import java.util.stream.Collectors;

/** What must be true of every Redis that is to hold claims. */
final class RedisChecks {
    private RedisChecks() {}

    /** @throws BookOpenException if one must not hold claims, or does not tell */
    static void check(RedisLink link, RedisUrl url) {
        // CONFIG GET is forbidden where Redis is rented; INFO tells the same.
        infos(link, url).forEach((where, info) -> check(facts(info), where, url.isCluster()));
    }

    private static void check(Map<String, String> facts, String where, boolean cluster) {
        refuseUnless(
                "noeviction".equals(facts.get("maxmemory_policy")),
                where + " throws keys away when its memory is full (maxmemory-policy is "
                        + facts.getOrDefault("maxmemory_policy", "not told")
                        + "), so a payment could be claimed twice; set maxmemory-policy noeviction");
        refuseUnless(
                cluster || !"1".equals(facts.get("cluster_enabled")),
                where
                        + " is a node of a Redis Cluster; write redis-cluster:// instead of redis://, and some of its nodes");
        refuseUnless(
                !"slave".equals(facts.get("role")),
                where + " is a replica and cannot be written; name its master, or ask Sentinel with redis-sentinel://");
    }

    private static Map<String, String> infos(RedisLink link, RedisUrl url) {
        try {
            return RedisLink.atStart(link::infos);
        } catch (BookUnavailableException e) {
            throw new BookOpenException(
                    "claims.url: " + url.where()
                            + (url.isCluster() ? " does not answer INFO at each master" : " does not answer INFO")
                            + ", so it is not known whether it keeps its keys",
                    e);
        }
    }

    private static Map<String, String> facts(String info) {
        return info.lines()
                .filter(line -> line.contains(":"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(':')),
                        line -> line.substring(line.indexOf(':') + 1).strip(),
                        (first, second) -> first));
    }

    private static void refuseUnless(boolean good, String why) {
        if (!good) throw new BookOpenException("claims.url: " + why, null);
    }
}
