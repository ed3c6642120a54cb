package io.farebox.pricing;

import io.farebox.gate.GateRequest;
import io.farebox.gate.Offer;
import io.farebox.gate.PriceList;
import io.farebox.gate.Pricing;
import io.farebox.pricing.FareboxConfig.Unmatched;
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
    private static final Pricing UNPRICED = new Pricing.Unpriced();
    private static final Pricing UNPRICED_PATH = new Pricing.Refuse(404, "unpriced_path");
    private static final Pricing UNPRICED_METHOD = new Pricing.Refuse(405, "unpriced_method");

    private final FareboxConfig config;
    private final String version;
    private final PathNode root;
    private final Pricing unmatched;
    private final List<Offer> offers;
    private final List<RouteListing> routes;
    private final List<ConfigProblem> warnings;
    private final Map<String, Network> v1Names;

    private PriceBook(FareboxConfig config, String version, PathNode root, Offers made, List<ConfigProblem> warnings) {
        this.config = config;
        this.version = version;
        this.root = root;
        this.unmatched = config.unmatched() == Unmatched.PASS ? UNPRICED : UNPRICED_PATH;
        this.offers = List.copyOf(made.offers);
        this.routes = List.copyOf(made.listings);
        this.warnings = warnings;
        this.v1Names = config.networkTable().v1Names();
    }

    /** The book of a configuration, with what facilitators add to its offers. */
    public static PriceBook from(FareboxConfig config, Completion completion) {
        String version = Fingerprint.of(config);
        var problems = new Problems("facilitators");
        var offers = new Offers(config, version, completion, problems);
        var draft = new PathNode.Draft(false);
        for (RouteConfig route : config.routes()) draft.add(route.match(), offers.rule(route));
        List<ConfigProblem> warnings = new ArrayList<>(config.warnings());
        problems.warnings().stream().distinct().forEach(warnings::add);
        return new PriceBook(config, version, draft.done(), offers, List.copyOf(warnings));
    }

    /** The book of a configuration as it stands. Solana is left out, since only a facilitator knows its fee payer. */
    public static PriceBook from(FareboxConfig config) {
        return from(config, Completion.NONE);
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

    /** Every offer there is, in the order of the routes: one per price. */
    public List<Offer> offers() {
        return offers;
    }

    /** Every route and price, in the order of the configuration, for people. */
    public List<RouteListing> routes() {
        return routes;
    }

    /** Names the content: equal on every replica that has read an equal configuration. Twelve hexadecimal digits. */
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
