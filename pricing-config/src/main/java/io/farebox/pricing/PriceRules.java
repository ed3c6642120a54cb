package io.farebox.pricing;

import java.util.List;
import java.util.Map;

/**
 * The price of a route, and other prices for requests that meet conditions. All are in one unit.
 *
 * @param fallback holds if no rule applies
 * @param rules if several apply, the dearest holds
 */
public record PriceRules(Price fallback, List<Rule> rules) {
    public PriceRules {
        rules = List.copyOf(rules);
    }

    /**
     * A price with conditions, all of which a request must meet.
     *
     * @param query parameters and their values, decoded
     * @param header header names and values
     */
    public record Rule(Map<String, String> query, Map<String, String> header, Price price) {
        public Rule {
            query = Map.copyOf(query);
            header = Map.copyOf(header);
        }
    }
}
