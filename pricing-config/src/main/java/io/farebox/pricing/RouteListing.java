package io.farebox.pricing;

import io.farebox.gate.Offer;
import io.farebox.x402.PaymentRequirements;
import java.util.List;

/**
 * A route, or one of its prices, as {@code check} prints it.
 *
 * @param method {@code *} for every method
 * @param condition what a request must have, such as {@code depth=full}; empty for none
 * @param price as people read it; {@code free} for a free route
 * @param accepts ways to pay; empty if the route is free, or if there is none at the moment
 */
public record RouteListing(
        String routeId, String method, String path, String condition, String price, List<PaymentRequirements> accepts) {
    public RouteListing {
        accepts = List.copyOf(accepts);
    }

    static RouteListing free(RouteConfig route) {
        return of(route, "", "free", List.of());
    }

    static RouteListing of(RouteConfig route, String condition, String price, List<PaymentRequirements> accepts) {
        String method = route.match().method() == null ? "*" : route.match().method();
        return new RouteListing(route.id(), method, route.match().path(), condition, price, accepts);
    }

    /** A line for each way to pay: {@code GET /exploits → 10000 ($0.01), USDC on base, to 0x…}. */
    public List<String> lines(NetworkTable networks) {
        String head = method + " " + path + (condition.isEmpty() ? "" : " [" + condition + "]") + " → ";
        if (accepts.isEmpty()) return List.of(head + (price.equals("free") ? price : price + ", no way to pay now"));
        return accepts.stream().map(each -> head + terms(each, networks)).toList();
    }

    private String terms(PaymentRequirements terms, NetworkTable networks) {
        String network = networks.find(terms.network())
                .map(NetworkInfo::label)
                .orElse(terms.network().caip2());
        return terms.amount() + " (" + price + "), " + asset(terms, networks) + " on " + network + ", to "
                + terms.payTo();
    }

    private static String asset(PaymentRequirements terms, NetworkTable networks) {
        return networks.find(terms.network()).stream()
                .flatMap(info -> info.assets().stream())
                .filter(asset -> asset.address().equals(terms.asset()))
                .map(AssetInfo::symbol)
                .findFirst()
                .orElse(terms.asset());
    }

    /** The listing of an offer's price. */
    static RouteListing of(RouteConfig route, String condition, Offer offer) {
        return of(route, condition, offer.price(), offer.all());
    }
}
