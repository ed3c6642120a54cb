package io.farebox.gate;

import java.time.Duration;
import java.util.List;

/**
 * What tokens of balances are given out.
 *
 * @param ttl how long one is good for
 * @param routes ids of the routes that one pays for; empty for all that can be paid from the balance
 */
public record TokenTerms(Duration ttl, List<String> routes) {
    public TokenTerms {
        routes = List.copyOf(routes);
    }
}
