package io.farebox.pricing;

import io.farebox.gate.GateRequest;
import io.farebox.gate.Offer;
import io.farebox.gate.PriceList;
import io.farebox.gate.Pricing;
import io.farebox.pricing.FareboxConfig.Unmatched;
import io.farebox.x402.json.JsonFormatException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a price book asks for each request, without its configuration: what must be kept of a version that was replaced, and what
 * replicas tell each other about theirs. Immutable and safe for concurrent use.
 */
public final class PublishedPrices implements PriceList {
    private final List<PricedRoute> routes;
    private final Unmatched unmatched;
    private final PriceTree tree;

    PublishedPrices(List<PricedRoute> routes, Unmatched unmatched, PriceTree tree) {
        this.routes = routes;
        this.unmatched = unmatched;
        this.tree = tree;
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @param version names the prices in their offers
     * @throws JsonFormatException if the text is anything else, such as that of a newer release
     */
    public static PublishedPrices read(String text, String version) {
        return new PublishedText(version).read(text);
    }

    @Override
    public Pricing price(GateRequest request) {
        return tree.price(request);
    }

    /** As text, for {@link io.farebox.gate.PriceVersions}; equal for equal prices. */
    public String text() {
        return PublishedText.write(routes, unmatched);
    }

    /** How many prices there are. */
    public int size() {
        return (int) offers().count();
    }

    /** How long anything that is offered here can be paid after it was last offered. */
    public Duration longest() {
        return Duration.ofSeconds(offers().flatMap(offer -> offer.accepts().stream())
                .mapToLong(terms -> terms.maxTimeoutSeconds())
                .max()
                .orElse(0));
    }

    private Stream<Offer> offers() {
        return routes.stream()
                .flatMap(route -> route.prices().stream())
                .map(PricedRoute.Alternative::answer)
                .filter(Pricing.Priced.class::isInstance)
                .map(answer -> ((Pricing.Priced) answer).offer());
    }
}
