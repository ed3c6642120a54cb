package io.farebox.pricing;

import io.farebox.gate.Pricing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A route with the answers that its requests get, made ahead of time.
 *
 * @param prices the dearest first, the default among them; a single one without conditions if nothing depends on the request
 * @param dearest how many of them, from the first on, have the highest price
 */
record PricedRoute(RouteMatch match, List<Alternative> prices, int dearest) {
    PricedRoute {
        prices = List.copyOf(prices);
    }

    /** One of the answers, and what a request must have to get it. */
    record Alternative(Map<String, String> query, Map<String, String> header, Pricing answer) {
        Alternative {
            query = Map.copyOf(query);
            header = Map.copyOf(header);
        }

        private List<Condition> conditions() {
            List<Condition> conditions = new ArrayList<>();
            query.forEach((name, value) -> conditions.add(new Condition.Parameter(Octets.of(name), Octets.of(value))));
            header.forEach((name, value) -> conditions.add(new Condition.HeaderValue(name, value)));
            return List.copyOf(conditions);
        }
    }

    static PricedRoute of(RouteMatch match, Pricing answer) {
        return new PricedRoute(match, List.of(new Alternative(Map.of(), Map.of(), answer)), 1);
    }

    /** The route as requests meet it. */
    RouteRule rule() {
        if (prices.size() == 1) {
            Pricing answer = prices.getFirst().answer();
            return new RouteRule.Fixed(answer, !(answer instanceof Pricing.Free));
        }
        List<RouteRule.Alternative> alternatives = prices.stream()
                .map(price -> new RouteRule.Alternative(price.conditions(), price.answer()))
                .toList();
        boolean query = prices.stream().anyMatch(price -> !price.query().isEmpty());
        return new RouteRule.Conditional(alternatives, dearest, query);
    }
}
