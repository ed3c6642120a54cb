package io.farebox.pricing;

import io.farebox.gate.GateRequest;
import io.farebox.gate.Offer;
import io.farebox.gate.PriceList;
import io.farebox.gate.Pricing;
import io.farebox.pricing.FareboxConfig.Unmatched;
import io.farebox.x402.json.JsonFormatException;
import java.time.Duration;
import java.util.List;

/**
 * What a price book asks for each request, without its configuration: what must be kept of a version that was replaced, and what
 * replicas tell each other about theirs. Immutable and safe for concurrent use.
 */
public final class PublishedPrices implements PriceList {
    private final String publicUrl;
    private final List<PricedRoute> routes;
    private final Unmatched unmatched;
    private final PriceTree tree;
    private final int size;
    private final Duration longest;

    PublishedPrices(String publicUrl, List<PricedRoute> routes, Unmatched unmatched, PriceTree tree) {
        this.publicUrl = publicUrl;
        this.routes = routes;
        this.unmatched = unmatched;
        this.tree = tree;
        List<Offer> offers = routes.stream()
                .flatMap(route -> route.prices().stream())
                .map(PricedRoute.Alternative::answer)
                .filter(Pricing.Priced.class::isInstance)
                .map(answer -> ((Pricing.Priced) answer).offer())
                .toList();
        this.size = offers.size();
        this.longest = Duration.ofSeconds(
                offers.stream().mapToLong(Offer::maxTimeoutSeconds).max().orElse(0));
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
        return PublishedText.write(publicUrl, routes, unmatched);
    }

    /** Where clients reach the service whose prices these are: those of another one are no business of ours. */
    public String publicUrl() {
        return publicUrl;
    }

    /** How many prices there are. */
    public int size() {
        return size;
    }

    /** How long anything that is offered here can be paid after it was last offered. */
    public Duration longest() {
        return longest;
    }
}
