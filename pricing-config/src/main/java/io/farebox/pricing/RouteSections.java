package io.farebox.pricing;

import io.farebox.gate.Catalogue;
import io.farebox.gate.Flow;
import io.farebox.x402.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code routes}. */
final class RouteSections {
    /** The first segment of paths that are answered here and by no route. */
    static final String OWN = ".farebox";

    private final Problems problems;
    private final Root root;
    private final AcceptLists accepts;
    private final PriceSections prices;
    private final RoutePartners partners;
    private final MatchText matches;
    private final DiscoverySections discoveries;

    /** What routes inherit. */
    record Root(
            NetworkTable table,
            List<FacilitatorConfig> facilitators,
            Map<String, String> payTo,
            List<AcceptLists.Entry> accept,
            boolean acceptWritten,
            boolean facilitatorsWritten,
            Set<Network> v1Networks,
            boolean manifest) {}

    RouteSections(Problems problems, Root root) {
        this.problems = problems;
        this.root = root;
        this.accepts = new AcceptLists(problems, root.table());
        this.prices = new PriceSections(problems, root.table(), root.v1Networks());
        this.partners = new RoutePartners(problems, root);
        this.matches = new MatchText(problems);
        this.discoveries = new DiscoverySections(problems);
    }

    List<RouteConfig> read(Section section) {
        List<RouteConfig> routes = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        var ties = new Ties(problems);
        for (Section each : section.sections("routes")) {
            Tree.Leaf id = each.leaf("id");
            Tree.Leaf match = each.leaf("match");
            boolean goodId = id != null && Ids.check(id, ids, problems);
            RouteMatch read = match == null ? null : matches.read(match);
            if (read != null && match != null) {
                ties.add(id == null ? "" : id.text(), read, match);
                if (root.manifest()) checkManifest(read, match);
                checkOwn(read, match);
            }
            RouteConfig route = read == null || id == null ? unplaced(each) : route(each, id.text(), read);
            if (route != null && goodId) routes.add(route);
        }
        ties.check();
        return routes;
    }

    /** A route for this very path; one with wildcards leaves it to the manifest, as it would to any more specific route. */
    private void checkManifest(RouteMatch match, Tree.Leaf leaf) {
        boolean reads = match.method() == null
                || match.method().equals("GET")
                || match.method().equals("HEAD");
        if (!reads || !match.path().equalsIgnoreCase(Catalogue.PATH)) return;
        String fix = "Remove the route, or write discovery: { manifest: false } at the root.";
        problems.wrong(ProblemCode.DUPLICATE_MATCH, leaf, "is the path of the manifest", fix);
    }

    private void checkOwn(RouteMatch match, Tree.Leaf leaf) {
        boolean own = !match.segments().isEmpty()
                && match.segments().getFirst() instanceof RouteMatch.Segment.Literal(String text)
                && text.equalsIgnoreCase(OWN);
        if (!own) return;
        String fix = "Choose another path: what begins with /.farebox/ is answered by Farebox itself.";
        problems.wrong(ProblemCode.RESERVED_PATH, leaf, "is a path that no route can have", fix);
    }

    /** A route that cannot be used still shows what else is wrong with it. */
    private @Nullable RouteConfig unplaced(Section section) {
        route(section, "unplaced", new RouteMatch(null, List.of()));
        return null;
    }

    private @Nullable RouteConfig route(Section section, String id, RouteMatch match) {
        boolean free = section.flag("free", false);
        if (free && section.has("price")) {
            String fix = "Keep the price, or free: true.";
            problems.wrong(ProblemCode.FREE_AND_PRICED, section.at("free"), "is true, and the route has a price", fix);
            return null;
        }
        if (!section.has("free") && !section.has("price") || isWrittenFalse(section) && !section.has("price")) {
            Place at = section.at("price");
            problems.wrong(ProblemCode.PRICE_MISSING, at, "is missing", "Write price: \"$0.01\", or free: true.");
        }
        if (free) return build(section, id, match, null, List.of(), List.of());
        return priced(section, id, match);
    }

    private static boolean isWrittenFalse(Section section) {
        return section.text("free", "true").equals("false");
    }

    /** A route with a price; null after reporting why there is none. */
    @Nullable
    RouteConfig priced(Section section, String id, RouteMatch match) {
        List<FacilitatorConfig> facilitators = partners.facilitators(section);
        List<AcceptLists.Entry> accept = section.has("accept") ? accepts.read(section) : root.accept();
        if (!section.has("accept") && !root.acceptWritten()) {
            String fix = "Write accept: [base/USDC] at the root or at the route.";
            problems.wrong(ProblemCode.ACCEPT_MISSING, section.at("accept"), "is missing", fix);
        }
        PriceRules rules = prices.read(section, accept);
        Map<String, String> payTo = partners.payTo(section, facilitators);
        String unit = rules == null ? Price.USD : rules.fallback().unit();
        List<PayOption> options = partners.options(PriceSections.in(unit, accept), payTo, facilitators);
        if (rules == null || options.isEmpty() || facilitators.isEmpty()) return null;
        return build(section, id, match, rules, options, facilitators);
    }

    private RouteConfig build(
            Section section,
            String id,
            RouteMatch match,
            @Nullable PriceRules rules,
            List<PayOption> options,
            List<FacilitatorConfig> facilitators) {
        boolean local = !facilitators.isEmpty() && facilitators.stream().allMatch(FacilitatorConfig::verifyLocal);
        return new RouteConfig(
                id,
                match,
                rules,
                options,
                facilitators,
                description(section),
                section.text("mime-type", ""),
                section.choice("flow", Flow.AUTHORIZATION),
                section.span("timeout", RouteConfig.DEFAULT_TIMEOUT),
                section.number("charge-below", RouteConfig.DEFAULT_CHARGE_BELOW),
                section.text("verify", local ? "local" : "remote").equals("local"),
                section.has("free-for"),
                section.section("discovery").flag("enabled", true),
                discoveries.read(section, match, section.text("mime-type", "")),
                null);
    }

    private String description(Section section) {
        Tree.Leaf leaf = section.leaf("description");
        if (leaf == null) return "";
        if (leaf.text().length() > 500) {
            String fix = "Write at most 500 characters: facilitators refuse more.";
            problems.wrong(ProblemCode.OUT_OF_RANGE, leaf, "is too long", fix);
        }
        return leaf.text();
    }

    static Map<String, String> merged(Map<String, String> root, Map<String, String> own) {
        Map<String, String> merged = new HashMap<>(root);
        merged.putAll(own);
        return merged;
    }
}
