package io.farebox.pricing;

import io.farebox.gate.Catalogue;
import io.farebox.gate.Offer;
import io.farebox.gate.Pricing;
import io.farebox.x402.PaymentRequirements;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the offers of routes, each once, when a price book is made. */
final class Offers {
    /** How far clocks of client, facilitator and chain may be apart. */
    private static final Duration SKEW = Duration.ofSeconds(6);

    /** What a client may take from challenge to payment. */
    private static final Duration SLACK = Duration.ofSeconds(30);

    static final Pricing NO_WAY_TO_PAY = new Pricing.Refuse(503, "no_way_to_pay");

    private final FareboxConfig config;
    private final String version;
    private final Completion completion;
    private final Problems problems;
    final List<Offer> offers = new ArrayList<>();
    final List<PricedRoute> priced = new ArrayList<>();
    final List<RouteListing> listings = new ArrayList<>();
    final List<Catalogue.Item> items = new ArrayList<>();

    Offers(FareboxConfig config, String version, Completion completion, Problems problems) {
        this.config = config;
        this.version = version;
        this.completion = completion;
        this.problems = problems;
    }

    void add(RouteConfig route) {
        PriceRules prices = route.prices();
        if (prices == null) {
            listings.add(RouteListing.free(route));
            priced.add(PricedRoute.of(route.match(), new Pricing.Free(route.id())));
            return;
        }
        Pricing fallback = pricing(route, "", "", prices.fallback());
        if (fallback instanceof Pricing.Priced(Offer offer) && route.listed()) items.add(item(route, offer));
        record Priced(Price price, PricedRoute.Alternative alternative) {}
        List<Priced> all = new ArrayList<>();
        all.add(new Priced(prices.fallback(), new PricedRoute.Alternative(Map.of(), Map.of(), fallback)));
        for (PriceRules.Rule rule : prices.rules()) {
            Pricing answer = pricing(route, Fingerprint.of(rule), condition(rule), rule.price());
            all.add(new Priced(rule.price(), new PricedRoute.Alternative(rule.query(), rule.header(), answer)));
        }
        all.sort(Comparator.comparing(Priced::price).reversed());
        Price highest = all.get(0).price();
        int dearest = (int) all.stream()
                .filter(each -> each.price().compareTo(highest) == 0)
                .count();
        priced.add(new PricedRoute(
                route.match(), all.stream().map(Priced::alternative).toList(), dearest));
    }

    private static Catalogue.Item item(RouteConfig route, Offer offer) {
        String method = route.discovery() == null
                ? DiscoverySections.method(route.match(), false)
                : route.discovery().method();
        return new Catalogue.Item(offer, method, PathTemplate.of(route.match()).text());
    }

    static String condition(PriceRules.Rule rule) {
        List<String> parts = new ArrayList<>();
        new TreeMap<>(rule.query()).forEach((name, value) -> parts.add(name + "=" + value));
        new TreeMap<>(rule.header()).forEach((name, value) -> parts.add(name + ": " + value));
        return String.join(", ", parts);
    }

    private Pricing pricing(RouteConfig route, String rule, String condition, Price price) {
        List<PaymentRequirements> accepts = new ArrayList<>();
        List<PaymentRequirements> direct = new ArrayList<>();
        for (PayOption option : route.options()) {
            Optional<PaymentRequirements> complete = complete(route, option, price);
            complete.ifPresent(accepts::add);
            if (complete.isEmpty() && isTransferable(option)) {
                PaymentRequirements bare = bare(route, option, price);
                if (completion.isTransferable(bare, route)) direct.add(bare);
            }
        }
        if (accepts.isEmpty() && direct.isEmpty()) {
            String fix = "Check that a facilitator of the route answers and supports what it accepts.";
            problems.warn(ProblemCode.NO_WAY_TO_PAY, at(route), "cannot be paid for now, so it answers 503", fix);
            listings.add(RouteListing.of(route, condition, price.text(), accepts));
            return NO_WAY_TO_PAY;
        }
        Offer offer = offer(route, rule, price, accepts, direct);
        offers.add(offer);
        listings.add(RouteListing.of(route, condition, offer));
        return new Pricing.Priced(offer);
    }

    /** Whether a transfer of the payer's own can pay for what nobody would settle. */
    private boolean isTransferable(PayOption option) {
        TransferConfig transfers = config.transfers();
        AssetInfo asset = option.asset();
        return transfers != null
                && transfers.least(asset).isPresent()
                && !config.settings(asset.network()).rpc().isEmpty();
    }

    private Offer offer(
            RouteConfig route,
            String rule,
            Price price,
            List<PaymentRequirements> accepts,
            List<PaymentRequirements> direct) {
        return new Offer(
                route.id(),
                rule,
                version,
                route.description(),
                route.mimeType(),
                price.text(),
                accepts,
                direct,
                route.facilitators().stream().map(FacilitatorConfig::id).toList(),
                route.flow(),
                route.timeout(),
                route.chargeBelow(),
                route.verifyLocal(),
                route.freeForAuthenticated(),
                route.discovery(),
                route.bundle(),
                config.bundlesFor(route.id()));
    }

    private Optional<PaymentRequirements> complete(RouteConfig route, PayOption option, Price price) {
        Optional<PaymentRequirements> completed = completion.complete(bare(route, option, price), route);
        AssetInfo asset = option.asset();
        if (asset.network().isSolana()
                && completed
                        .map(each -> !(each.extra().get("feePayer") instanceof String))
                        .orElse(true)) {
            String fix = "Check that a facilitator of the route supports Solana: its feePayer is needed.";
            problems.warn(ProblemCode.FEE_PAYER_UNKNOWN, at(route), "is offered without " + name(asset), fix);
            return Optional.empty();
        }
        if (completed.isEmpty()) {
            String fix = "Check what the facilitators of the route support.";
            problems.warn(ProblemCode.OPTION_NOT_SUPPORTED, at(route), "is offered without " + name(asset), fix);
        }
        return completed;
    }

    private PaymentRequirements bare(RouteConfig route, PayOption option, Price price) {
        AssetInfo asset = option.asset();
        return new PaymentRequirements(
                "exact",
                asset.network(),
                price.atomic(asset.decimals()),
                asset.address(),
                option.payTo(),
                maxTimeoutSeconds(route),
                extra(asset));
    }

    private static Map<String, Object> extra(AssetInfo asset) {
        String name = asset.name();
        String version = asset.version();
        if (!asset.network().isEvm() || name == null || version == null) return Map.of();
        Map<String, Object> extra = new LinkedHashMap<>();
        extra.put("name", name);
        extra.put("version", version);
        return extra;
    }

    /** DESIGN §3: the resource's time, the settle budget, the skew, and what the client may take. */
    private long maxTimeoutSeconds(RouteConfig route) {
        Duration budget = route.settleTimeout().plus(config.settleWait());
        Duration whole = route.timeout().plus(budget).plus(SKEW).plus(SLACK);
        return whole.plusMillis(999).toSeconds();
    }

    private String name(AssetInfo asset) {
        return config.networkTable()
                        .find(asset.network())
                        .map(NetworkInfo::label)
                        .orElse(asset.network().caip2()) + "/" + asset.symbol();
    }

    private static Place at(RouteConfig route) {
        return new Place(0, "routes." + route.id());
    }
}
