package io.farebox.pricing;

import io.farebox.gate.Bundle;
import io.farebox.pricing.RouteMatch.Segment;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code rails.token} and {@code bundles}. A bundle becomes a route of its own, on which it is sold. */
final class TokenSections {
    private static final int MOST_BUNDLES = 100;

    private final Problems problems;

    TokenSections(Problems problems) {
        this.problems = problems;
    }

    /** @return null if no tokens are taken */
    @Nullable
    TokenConfig tokens(Section root, List<RouteConfig> routes) {
        Section section = root.section("rails").section("token");
        List<String> named = routes(section, routes);
        Duration ttl = ttl(section, TokenConfig.DEFAULT_TTL);
        return section.flag("enabled", false) ? new TokenConfig(ttl, named) : null;
    }

    /** The routes on which bundles are sold. @param sections makes routes of them */
    List<RouteConfig> bundles(Section root, List<RouteConfig> routes, RouteSections sections) {
        List<RouteConfig> sold = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        List<Section> all = root.sections("bundles");
        if (all.isEmpty()) return sold;
        if (!root.section("rails").section("token").flag("enabled", false)) {
            String fix = "Write rails: { token: { enabled: true } }, or remove the bundles.";
            problems.wrong(
                    ProblemCode.BUNDLES_WITHOUT_TOKENS, root.at("bundles"), "are sold, and no tokens are taken", fix);
        }
        if (all.size() > MOST_BUNDLES)
            problems.wrong(
                    ProblemCode.OUT_OF_RANGE,
                    root.at("bundles"),
                    "are too many",
                    "Write " + MOST_BUNDLES + " or fewer.");
        for (Section each : all) {
            RouteConfig route = bundle(each, ids, routes, sections);
            if (route != null) sold.add(route);
        }
        return sold;
    }

    private @Nullable RouteConfig bundle(
            Section section, Set<String> ids, List<RouteConfig> routes, RouteSections sections) {
        Tree.Leaf id = section.leaf("id");
        boolean goodId = id != null && isId(id, ids);
        List<String> named = routes(section, routes);
        Duration ttl = ttl(section, TokenConfig.DEFAULT_BUNDLE_TTL);
        String name = id == null ? "unplaced" : id.text();
        List<Segment> path = List.of(
                new Segment.Literal(RouteSections.OWN), new Segment.Literal("bundles"), new Segment.Literal(name));
        // No route that is written down can have such an id.
        RouteConfig route = sections.priced(section, "bundle/" + name, new RouteMatch("POST", path));
        if (route == null || route.prices() == null || !goodId || named.isEmpty() || !section.has("requests"))
            return null;
        Price price = route.prices().fallback();
        var bundle = new Bundle(name, price.text(), section.number("requests", 1), named, ttl);
        warnIfDear(bundle, price, section, routes);
        return route.selling(bundle);
    }

    private boolean isId(Tree.Leaf id, Set<String> used) {
        if (!id.text().matches("[a-z0-9][a-z0-9-]{0,39}")) {
            String fix = "Use lower-case letters, digits and hyphens, at most 40.";
            problems.wrong(ProblemCode.ID_SYNTAX, id, "is not an id of a bundle", fix);
            return false;
        }
        if (used.add(id.text())) return true;
        problems.wrong(ProblemCode.DUPLICATE_ID, id, "is an id that was used before", "Choose another id.");
        return false;
    }

    /** Ids that are named; what is wrong with them is reported and left out. */
    private List<String> routes(Section section, List<RouteConfig> routes) {
        Set<String> named = new LinkedHashSet<>();
        for (Tree.Leaf leaf : section.leaves("routes")) {
            RouteConfig route = routes.stream()
                    .filter(each -> each.id().equals(leaf.text()))
                    .findFirst()
                    .orElse(null);
            if (route == null) {
                List<String> ids = routes.stream().map(RouteConfig::id).toList();
                String fix = Words.didYouMean(leaf.text(), ids) + "Write the id of one under routes.";
                problems.wrong(ProblemCode.UNKNOWN_ROUTE, leaf, "is not a route of this configuration", fix);
            } else if (route.isFree()) {
                problems.wrong(ProblemCode.UNKNOWN_ROUTE, leaf, "is a route that costs nothing", "Leave it out.");
            } else if (!named.add(leaf.text())) {
                problems.wrong(ProblemCode.DUPLICATE_ID, leaf, "is in the list twice", "Keep one of the two.");
            }
        }
        if (section.has("routes") && section.leaves("routes").isEmpty()) {
            String fix = "Write the ids of routes that have a price.";
            problems.wrong(ProblemCode.UNKNOWN_ROUTE, section.at("routes"), "names no route", fix);
        }
        return List.copyOf(named);
    }

    private Duration ttl(Section section, Duration fallback) {
        Duration ttl = section.span("ttl", fallback);
        Tree.Leaf leaf = section.leaf("ttl");
        boolean fits = ttl.compareTo(TokenConfig.SHORTEST_TTL) >= 0 && ttl.compareTo(TokenConfig.LONGEST_TTL) <= 0;
        if (leaf != null && !fits)
            problems.wrong(ProblemCode.OUT_OF_RANGE, leaf, "is no time that a token is good for", "Write 1m to 366d.");
        return ttl;
    }

    private void warnIfDear(Bundle bundle, Price price, Section section, List<RouteConfig> routes) {
        boolean dear = routes.stream()
                .filter(route -> bundle.routes().contains(route.id()))
                .allMatch(route -> isDear(bundle, price, route));
        Tree.Leaf leaf = section.leaf("price");
        if (!dear || leaf == null) return;
        String reason = "is more than its requests cost one by one";
        problems.warn(ProblemCode.BUNDLE_DEAR, leaf, reason, "Sell more requests, or for less.");
    }

    private static boolean isDear(Bundle bundle, Price price, RouteConfig route) {
        PriceRules prices = route.prices();
        if (prices == null || !price.unit().equals(prices.fallback().unit())) return false;
        BigDecimal alone = prices.fallback().amount().multiply(BigDecimal.valueOf(bundle.requests()));
        return price.amount().compareTo(alone) > 0;
    }
}
