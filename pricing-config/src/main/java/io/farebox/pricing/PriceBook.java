package io.farebox.pricing;

import io.farebox.gate.Catalogue;
import io.farebox.gate.GateRequest;
import io.farebox.gate.Offer;
import io.farebox.gate.PriceList;
import io.farebox.gate.Pricing;
import io.farebox.x402.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every request costs. The most specific route wins whatever the order: literal before {@code {name}} before {@code *}
 * before {@code **}, segment by segment, then a named method before none. Answers are made when the book is; asking allocates
 * nothing and costs a step per segment of the path. Immutable and safe for concurrent use: a reload makes another book.
 */
public final class PriceBook implements PriceList {
    private final FareboxConfig config;
    private final String version;
    private final PriceTree tree;
    private final List<PricedRoute> priced;
    private final List<Offer> offers;
    private final List<RouteListing> routes;
    private final List<ConfigProblem> warnings;
    private final Map<String, Network> v1Names;
    private final boolean asksForCallers;
    private final @Nullable Catalogue catalogue;

    private PriceBook(FareboxConfig config, String version, Offers made, List<ConfigProblem> warnings) {
        this.config = config;
        this.version = version;
        this.priced = List.copyOf(made.priced);
        this.tree = new PriceTree(priced, config.unmatched());
        this.offers = List.copyOf(made.offers);
        this.routes = List.copyOf(made.listings);
        this.warnings = warnings;
        this.v1Names = config.networkTable().v1Names();
        this.catalogue = config.manifest() ? new Catalogue(made.items) : null;
        this.asksForCallers = offers.stream().anyMatch(Offer::freeForAuthenticated);
    }

    /**
     * The book of a configuration, with what facilitators add to its offers.
     *
     * @param version names the book in its offers; see {@link io.farebox.gate.PriceVersion#id}
     */
    public static PriceBook from(FareboxConfig config, Completion completion, String version) {
        var problems = new Problems("facilitators");
        var offers = new Offers(config, version, completion, problems);
        config.routes().forEach(offers::add);
        List<ConfigProblem> warnings = new ArrayList<>(config.warnings());
        problems.warnings().stream().distinct().forEach(warnings::add);
        return new PriceBook(config, version, offers, List.copyOf(warnings));
    }

    /** As above, named by the {@link #contentName content} of its configuration. */
    public static PriceBook from(FareboxConfig config, Completion completion) {
        return from(config, completion, contentName(config));
    }

    /** The book of a configuration as it stands. Solana is left out, since only a facilitator knows its fee payer. */
    public static PriceBook from(FareboxConfig config) {
        return from(config, Completion.NONE);
    }

    /** Names what a configuration sells: equal on every replica that has read an equal one. Twelve hexadecimal digits. */
    public static String contentName(FareboxConfig config) {
        return Fingerprint.of(config);
    }

    @Override
    public Pricing price(GateRequest request) {
        return tree.price(request);
    }

    @Override
    public boolean asksForCallers() {
        return asksForCallers;
    }

    @Override
    public @Nullable Catalogue catalogue() {
        return catalogue;
    }

    /** The prices alone, as other replicas and later versions need them. */
    public PublishedPrices published() {
        return new PublishedPrices(config.publicUrl().toString(), priced, config.unmatched(), tree);
    }

    /** Every offer there is, in the order of the routes: one per price. */
    public List<Offer> offers() {
        return offers;
    }

    /** Every route and price, in the order of the configuration, for people. */
    public List<RouteListing> routes() {
        return routes;
    }

    /** Names the book, in its offers too; its {@link #contentName content} unless it was named otherwise. */
    public String version() {
        return version;
    }

    /** Networks by their names in x402 version 1, as built in and as configured. */
    public Map<String, Network> v1Names() {
        return v1Names;
    }

    /** Networks that may stand in a version 1 body. */
    public Set<Network> v1Networks() {
        return config.v1Networks();
    }

    public FareboxConfig config() {
        return config;
    }

    /** What was worth a warning in the configuration, and in what the facilitators support. */
    public List<ConfigProblem> warnings() {
        return warnings;
    }
}
