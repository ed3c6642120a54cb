package io.farebox.pricing;

import io.farebox.gate.Bundle;
import io.farebox.gate.Flow;
import io.farebox.x402.Discovery;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route and what it costs.
 *
 * @param prices null if the route is free
 * @param options ways to pay in order of preference; empty only if the route is free
 * @param facilitators who verifies and settles, in order of priority; empty only if the route is free
 * @param timeout how long the resource may take
 * @param chargeBelow answers with a status below this are charged
 * @param listed whether the manifest may show it
 * @param discovery what catalogues are told of it, or null
 * @param bundle what is sold on it, if that is no run of the route; null otherwise
 */
public record RouteConfig(
        String id,
        RouteMatch match,
        @Nullable PriceRules prices,
        List<PayOption> options,
        List<FacilitatorConfig> facilitators,
        String description,
        String mimeType,
        Flow flow,
        Duration timeout,
        int chargeBelow,
        boolean verifyLocal,
        boolean freeForAuthenticated,
        boolean listed,
        @Nullable Discovery discovery,
        @Nullable Bundle bundle) {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    public static final int DEFAULT_CHARGE_BELOW = 400;

    public RouteConfig {
        options = List.copyOf(options);
        facilitators = List.copyOf(facilitators);
    }

    public boolean isFree() {
        return prices == null;
    }

    /** The same, where a bundle is sold: it is paid before it is handed over. */
    RouteConfig selling(Bundle sold) {
        String told = description.isEmpty()
                ? sold.requests() + " requests: " + String.join(", ", sold.routes())
                : description;
        return new RouteConfig(
                id,
                match,
                prices,
                options,
                facilitators,
                told.length() > 500 ? told.substring(0, 500) : told,
                "application/json",
                Flow.UPFRONT,
                timeout,
                chargeBelow,
                verifyLocal,
                freeForAuthenticated,
                listed,
                discovery,
                sold);
    }

    /** The longest that settling may take at any of the route's facilitators. */
    Duration settleTimeout() {
        return facilitators.stream()
                .map(FacilitatorConfig::settleTimeout)
                .max(Duration::compareTo)
                .orElse(FacilitatorConfig.DEFAULT_SETTLE_TIMEOUT);
    }
}
