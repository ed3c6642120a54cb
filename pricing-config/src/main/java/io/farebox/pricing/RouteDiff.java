package io.farebox.pricing;

import io.farebox.gate.Bundle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is different about one route, for people. */
record RouteDiff(RouteConfig before, RouteConfig after, NetworkTable networks) {
    static String added(RouteConfig route) {
        return "route " + route.id() + ": added, " + route.match() + ", " + summary(route);
    }

    static String removed(RouteConfig route) {
        return "route " + route.id() + ": removed, was " + route.match() + ", " + summary(route);
    }

    /** A line for each difference; none if there is none. */
    List<String> lines() {
        if (before.equals(after)) return List.of();
        List<String> lines = new ArrayList<>();
        add(lines, "match", route -> route.match().toString());
        if (before.isFree() != after.isFree()) lines.add(line("price", summary(before), summary(after)));
        else addPrices(lines);
        add(lines, "accept", this::accepts);
        if (accepts(before).equals(accepts(after))) add(lines, "assets", RouteDiff::assets);
        add(lines, "pay-to", RouteDiff::payees);
        add(lines, "facilitators", RouteDiff::facilitators);
        add(lines, "flow", route -> route.flow().name().toLowerCase(Locale.ROOT));
        add(lines, "timeout", route -> Spans.text(route.timeout()));
        add(lines, "charge-below", route -> Integer.toString(route.chargeBelow()));
        add(lines, "verify", route -> route.verifyLocal() ? "local" : "remote");
        add(lines, "bundle", RouteDiff::bundle);
        add(lines, "free-for", route -> route.freeForAuthenticated() ? "authenticated" : "nobody");
        // Long texts, and what is told at its own key.
        if (lines.isEmpty()) lines.add("route " + after.id() + ": its description or another detail changed");
        return lines;
    }

    private void addPrices(List<String> lines) {
        Map<String, String> old = prices(before);
        Map<String, String> now = prices(after);
        old.forEach((condition, price) -> {
            String next = now.get(condition);
            if (next == null) lines.add("route " + after.id() + ": price" + condition + " removed, was " + price);
            else if (!next.equals(price)) lines.add(line("price" + condition, price, next));
        });
        now.forEach((condition, price) -> {
            if (!old.containsKey(condition))
                lines.add("route " + after.id() + ": price" + condition + " added, " + price);
        });
    }

    private void add(List<String> lines, String what, Function<RouteConfig, String> text) {
        String old = text.apply(before);
        String now = text.apply(after);
        if (!old.equals(now)) lines.add(line(what, old, now));
    }

    private String line(String what, String old, String now) {
        return "route " + after.id() + ": " + what + " " + old + " → " + now;
    }

    private static String summary(RouteConfig route) {
        return route.isFree()
                ? "free"
                : String.join(", ", prices(route).values().stream().distinct().toList());
    }

    /** Prices by their conditions; the default comes first and has none. */
    private static Map<String, String> prices(RouteConfig route) {
        Map<String, String> all = new LinkedHashMap<>();
        PriceRules prices = route.prices();
        if (prices == null) return all;
        all.put("", prices.fallback().text());
        prices.rules().stream()
                .map(rule -> Map.entry(
                        " [" + Offers.condition(rule) + "]", rule.price().text()))
                .sorted(Comparator.comparing(Map.Entry::getKey))
                .forEach(each -> all.put(Problems.printable(each.getKey()), each.getValue()));
        return all;
    }

    private String accepts(RouteConfig route) {
        return joined(route, option -> label(option.asset()));
    }

    private String label(AssetInfo asset) {
        return networks.find(asset.network())
                        .map(NetworkInfo::label)
                        .orElse(asset.network().caip2()) + "/" + asset.symbol();
    }

    /** What the same name stands for. */
    private static String assets(RouteConfig route) {
        return joined(route, option -> {
            AssetInfo asset = option.asset();
            return asset.address() + " with " + asset.decimals() + " decimals, " + asset.name() + " " + asset.version();
        });
    }

    private static String payees(RouteConfig route) {
        return route.options().stream().map(PayOption::payTo).distinct().collect(Collectors.joining(", "));
    }

    private static String bundle(RouteConfig route) {
        Bundle bundle = route.bundle();
        return bundle == null
                ? "none"
                : bundle.requests() + " requests of " + String.join(", ", bundle.routes()) + " for "
                        + Spans.text(bundle.ttl());
    }

    private static String facilitators(RouteConfig route) {
        return route.facilitators().stream().map(FacilitatorConfig::id).collect(Collectors.joining(", "));
    }

    private static String joined(RouteConfig route, Function<PayOption, String> text) {
        return route.options().stream().map(text).collect(Collectors.joining(", "));
    }
}
