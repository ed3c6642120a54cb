package io.farebox.pricing;

import io.farebox.gate.Mode;
import io.farebox.pricing.FareboxConfig.Unmatched;
import io.farebox.x402.Network;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a {@link FareboxConfig} of a tree whose shape is right; reports what the shape alone cannot tell. */
final class ConfigAssembly {
    /** Networks that version 1 clients know from release 0.6.6 on. A name they do not know makes them refuse the whole answer. */
    private static final List<String> V1_DEFAULT = List.of(
            "base",
            "base-sepolia",
            "avalanche",
            "avalanche-fuji",
            "polygon",
            "polygon-amoy",
            "solana",
            "solana-devnet",
            "sei",
            "sei-testnet",
            "iotex",
            "peaq");

    private static final int SHORTEST_SECRET = 16;

    private final Problems problems;
    private final UrlCheck urls;

    ConfigAssembly(Problems problems) {
        this.problems = problems;
        this.urls = new UrlCheck(problems);
    }

    /** The configuration; worth nothing if problems were reported. */
    FareboxConfig assemble(Section root) {
        var networks = new NetworkSections(problems);
        networks.read(root);
        NetworkTable table = networks.table();
        List<FacilitatorConfig> facilitators = new FacilitatorSections(problems).read(root);
        boolean onlyLocal =
                facilitators.stream().filter(FacilitatorConfig::enabled).allMatch(FacilitatorConfig::isLocal);
        Map<String, String> payTo = new PayToTable(problems, table).read(root, onlyLocal);
        List<AcceptLists.Entry> accept = new AcceptLists(problems, table).read(root);
        Set<Network> v1Networks = v1Networks(root.section("v1"), table, facilitators);
        boolean manifest = root.section("discovery").flag("manifest", false);
        var inherited = new RouteSections.Root(
                table, facilitators, payTo, accept, root.has("accept"), root.has("facilitators"), v1Networks, manifest);
        List<RouteConfig> routes = routes(root, inherited);
        new OwnChainCheck(problems, networks.settings()).check(root, routes);
        return new FareboxConfig(
                publicUrl(root),
                root.choice("mode", Mode.ENFORCE),
                upstream(root),
                payTo,
                accept.stream().map(AcceptLists.Entry::asset).toList(),
                facilitators,
                networks.settings(),
                table,
                secret(root),
                origins(root),
                bookUrl(root),
                claims(root),
                new BookSections(problems).retention(root),
                new BookSections(problems).admin(root),
                root.choice("unmatched", Unmatched.PASS),
                v1Networks,
                root.span("settle-wait", FareboxConfig.DEFAULT_SETTLE_WAIT),
                new RailSections(problems, networks).transfers(root, routes),
                new TokenSections(problems).tokens(root, routes),
                manifest,
                routes,
                problems.warnings());
    }

    private List<RouteConfig> routes(Section root, RouteSections.Root inherited) {
        var sections = new RouteSections(problems, inherited);
        List<RouteConfig> routes = new ArrayList<>(sections.read(root));
        if (root.entries().get("routes") instanceof Tree.Items list
                && list.items().isEmpty()) {
            problems.warn(
                    ProblemCode.NO_ROUTES, list.place(), "holds no route, so nothing has a price", "Add a route.");
        }
        routes.addAll(new TokenSections(problems).bundles(root, List.copyOf(routes), sections));
        return routes;
    }

    private URI publicUrl(Section root) {
        Tree.Leaf leaf = root.leaf("public-url");
        URI url = leaf == null ? null : urls.service(leaf);
        return url == null ? URI.create("https://invalid") : FacilitatorSections.withoutSlash(url);
    }

    private @Nullable URI upstream(Section root) {
        Tree.Leaf leaf = root.section("upstream").leaf("url");
        return leaf == null ? null : urls.upstream(leaf);
    }

    private @Nullable Secret secret(Section root) {
        Tree.Leaf leaf = root.leaf("secret");
        if (leaf != null && leaf.text().length() < SHORTEST_SECRET) {
            String fix = "Write at least 16 random characters, for example from: openssl rand -base64 32";
            problems.wrong(ProblemCode.SECRET_TOO_SHORT, leaf, "is short enough to be guessed", fix);
        }
        return root.secret("secret");
    }

    private List<String> origins(Section root) {
        List<String> origins = new ArrayList<>();
        for (Tree.Leaf leaf : root.section("cors").leaves("origins")) {
            if (leaf.text().matches("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?")) {
                origins.add(leaf.text());
                continue;
            }
            String fix = "Write scheme and host as browsers send them: https://app.example.com";
            problems.wrong(ProblemCode.ORIGIN_SYNTAX, leaf, "is not an origin", fix);
        }
        return origins;
    }

    private Secret bookUrl(Section root) {
        Tree.Leaf leaf = root.section("book").leaf("url");
        if (leaf == null) return Secret.of(FareboxConfig.DEFAULT_BOOK_URL);
        if (!leaf.text().startsWith("jdbc:h2:") && !leaf.text().startsWith("jdbc:postgresql:")) {
            String fix = "Write jdbc:h2:file:./data/farebox or jdbc:postgresql://host/database.";
            problems.wrong(ProblemCode.BOOK_URL, leaf, "is not a database we can keep the book in", fix);
        }
        return Secret.of(leaf.text());
    }

    private @Nullable ClaimsConfig claims(Section root) {
        Section claims = root.section("claims");
        Tree.Leaf url = claims.leaf("url");
        if (url == null) return null;
        if (!url.text().matches("(rediss?(-cluster)?|redis-sentinel)://.+")) {
            String fix = "Write redis://HOST:6379, rediss://HOST:6379, redis-sentinel://HOST:26379,HOST:26379#MASTER or"
                    + " redis-cluster://HOST:6379,HOST:6379.";
            problems.wrong(ProblemCode.CLAIMS_URL, url, "is not a Redis we can keep claims in", fix);
        }
        Tree.Leaf prefix = claims.leaf("prefix");
        if (prefix != null && !prefix.text().matches("[A-Za-z0-9._-]{1,40}")) {
            String fix = "Write up to 40 letters, digits, dots, hyphens, underscores.";
            problems.wrong(ProblemCode.CLAIMS_PREFIX, prefix, "cannot begin the name of a key", fix);
        }
        return new ClaimsConfig(Secret.of(url.text()), claims.text("prefix", ClaimsConfig.DEFAULT_PREFIX));
    }

    private Set<Network> v1Networks(Section v1, NetworkTable table, List<FacilitatorConfig> facilitators) {
        Set<Network> networks = new LinkedHashSet<>();
        if (v1.has("networks")) {
            for (Tree.Leaf leaf : v1.leaves("networks")) v1Network(leaf, table, networks);
            return networks;
        }
        for (String name : V1_DEFAULT) table.find(name).ifPresent(info -> networks.add(info.network()));
        boolean dev =
                facilitators.stream().anyMatch(each -> each.enabled() && each.type() == FacilitatorConfig.Type.DEV);
        if (dev) networks.add(NetworkTable.DEV);
        return networks;
    }

    private void v1Network(Tree.Leaf leaf, NetworkTable table, Set<Network> networks) {
        NetworkInfo info = table.find(leaf.text()).orElse(null);
        if (info == null || info.v1Name() == null) {
            String fix = Words.didYouMean(leaf.text(), table.v1Names().keySet()) + "Write a name such as base.";
            problems.wrong(ProblemCode.UNKNOWN_NETWORK, leaf, "is not a network of version 1", fix);
            return;
        }
        networks.add(info.network());
        if (info.v1Clients()) return;
        String reason = "is a name that version 1 clients do not know: they refuse the whole answer";
        problems.warn(
                ProblemCode.NOT_A_V1_CLIENT_NETWORK, leaf, reason, "Leave it out unless the clients are your own.");
    }
}
