package io.farebox.pricing;

import io.farebox.gate.GateRequest;
import io.farebox.gate.PriceList;
import io.farebox.gate.Pricing;
import io.farebox.pricing.FareboxConfig.Unmatched;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Routes with their answers, and how a request finds its own. Immutable. */
final class PriceTree implements PriceList {
    private static final Pricing UNPRICED = new Pricing.Unpriced();
    private static final Pricing UNPRICED_PATH = new Pricing.Refuse(404, "unpriced_path");
    private static final Pricing UNPRICED_METHOD = new Pricing.Refuse(405, "unpriced_method");

    private final PathNode root;
    private final Pricing unmatched;

    PriceTree(List<PricedRoute> routes, Unmatched unmatched) {
        var draft = new PathNode.Draft(false);
        for (PricedRoute route : routes) draft.add(route.match(), route.rule());
        this.root = draft.done();
        this.unmatched = unmatched == Unmatched.PASS ? UNPRICED : UNPRICED_PATH;
    }

    @Override
    public Pricing price(GateRequest request) {
        String path = request.path();
        RouteRule rule = root.find(path, 0, request.method());
        if (Lookalikes.in(path) && isNearLookalike(path, rule)) return UNPRICED_PATH;
        if (rule != null) return rule.price(request);
        int near = root.near(path, 0);
        if (near == 0) return unmatched;
        return (near & PathNode.METHOD_UNPRICED) != 0 ? UNPRICED_METHOD : UNPRICED_PATH;
    }

    /**
     * Whether a host that folds letters beyond ASCII may serve something priced for a path. A rule that was found, such as a
     * free {@code /**}, is no proof of the contrary.
     */
    private boolean isNearLookalike(String path, @Nullable RouteRule found) {
        int bits = root.lookalike(path, 0, false);
        return found == null ? bits != 0 : (bits & PathNode.METHOD_UNPRICED) != 0;
    }
}
