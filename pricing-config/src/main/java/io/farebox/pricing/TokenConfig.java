package io.farebox.pricing;

import java.time.Duration;
import java.util.List;

/**
 * What tokens are taken.
 *
 * @param ttl how long the token of a balance is good for
 * @param routes ids of the routes that the token of a balance pays for; empty for all that accept what is on it
 */
public record TokenConfig(Duration ttl, List<String> routes) {
    /** How long the token of a balance is good for unless configured. */
    public static final Duration DEFAULT_TTL = Duration.ofHours(24);

    /** How long the token of a bundle is good for unless configured. */
    public static final Duration DEFAULT_BUNDLE_TTL = Duration.ofDays(30);

    static final Duration SHORTEST_TTL = Duration.ofMinutes(1);
    static final Duration LONGEST_TTL = Duration.ofDays(366);

    public TokenConfig {
        routes = List.copyOf(routes);
    }
}
