package io.farebox.pricing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a changed configuration would change, for people: a line for each difference that matters. Descriptions, comments and the
 * order of routes are no prices; the first is told, the others are not. Shows no secret. Immutable.
 */
public final class PriceDiff {
    private static final int MOST_LINES = 50;

    /** What is built once, at start. A key that is missing here, and below, is caught by a test. */
    private static final Map<String, Function<FareboxConfig, Object>> FIXED = fixed();

    private final List<String> changes;
    private final List<String> restartKeys;

    private PriceDiff(List<String> changes, List<String> restartKeys) {
        this.changes = List.copyOf(changes);
        this.restartKeys = List.copyOf(restartKeys);
    }

    /**
     * Compares a configuration with the one in force.
     *
     * <p>{@code routes}, {@code unmatched}, {@code accept}, {@code assets} and {@code discovery} may change while Farebox runs,
     * with one exception: a payee that the configuration in force does not name anywhere needs a restart, like {@code pay-to}
     * itself.
     */
    public static PriceDiff between(FareboxConfig before, FareboxConfig after) {
        List<String> restart = new ArrayList<>();
        FIXED.forEach((key, value) -> {
            if (!value.apply(before).equals(value.apply(after))) restart.add(key);
        });
        Set<String> payees = payees(before);
        for (RouteConfig route : after.routes()) {
            boolean known = route.options().stream().map(PayOption::payTo).allMatch(payees::contains);
            if (!known && !restart.contains("pay-to")) restart.add("routes." + route.id() + ".pay-to");
        }
        return new PriceDiff(changes(before, after), restart);
    }

    private static Map<String, Function<FareboxConfig, Object>> fixed() {
        Map<String, Function<FareboxConfig, Object>> fixed = new LinkedHashMap<>();
        fixed.put("public-url", FareboxConfig::publicUrl);
        fixed.put("mode", FareboxConfig::mode);
        fixed.put("upstream", config -> String.valueOf(config.upstream()));
        fixed.put("pay-to", FareboxConfig::payTo);
        fixed.put("facilitators", FareboxConfig::facilitators);
        fixed.put(
                "networks",
                config -> List.of(config.networks(), config.networkTable().v1Names()));
        fixed.put("secret", config -> Objects.requireNonNullElse(config.secret(), Secret.of("")));
        fixed.put("cors", FareboxConfig::corsOrigins);
        fixed.put("book", config -> List.of(config.bookUrl(), config.retention()));
        fixed.put("claims", config -> Optional.ofNullable(config.claims()));
        fixed.put("admin", FareboxConfig::admin);
        fixed.put("v1", FareboxConfig::v1Networks);
        fixed.put("settle-wait", FareboxConfig::settleWait);
        fixed.put(
                "rails",
                config -> List.of(Optional.ofNullable(config.transfers()), Optional.ofNullable(config.tokens())));
        return fixed;
    }

    private static Set<String> payees(FareboxConfig config) {
        Set<String> all = new HashSet<>(config.payTo().values());
        config.routes().forEach(route -> route.options().forEach(option -> all.add(option.payTo())));
        return all;
    }

    private static List<String> changes(FareboxConfig before, FareboxConfig after) {
        List<String> lines = new ArrayList<>();
        if (before.unmatched() != after.unmatched()) {
            lines.add("unmatched: " + word(before.unmatched()) + " → " + word(after.unmatched()));
        }
        if (before.manifest() != after.manifest()) {
            lines.add("discovery.manifest: " + before.manifest() + " → " + after.manifest());
        }
        for (RouteConfig old : before.routes()) {
            if (after.route(old.id()).isEmpty()) lines.add(RouteDiff.removed(old));
        }
        Map<String, RouteConfig> known = new LinkedHashMap<>();
        before.routes().forEach(route -> known.put(route.id(), route));
        for (RouteConfig route : after.routes()) {
            RouteConfig old = known.get(route.id());
            if (old == null) lines.add(RouteDiff.added(route));
            else lines.addAll(new RouteDiff(old, route, after.networkTable()).lines());
        }
        return lines;
    }

    private static String word(FareboxConfig.Unmatched unmatched) {
        return switch (unmatched) {
            case PASS -> "pass";
            case REFUSE -> "refuse";
        };
    }

    /** Whether nothing that matters is different. */
    public boolean isEmpty() {
        return changes.isEmpty() && restartKeys.isEmpty();
    }

    /** What may change while Farebox runs: a line for each difference, all of them. */
    public List<String> changes() {
        return changes;
    }

    /** Keys that are different and take effect only at a start; while there are any, nothing is taken over. */
    public List<String> restartKeys() {
        return restartKeys;
    }

    /** All of it, a line each, fifty changes at most; without a line end at the end. */
    @Override
    public String toString() {
        if (isEmpty()) return "nothing changes";
        List<String> lines = new ArrayList<>(changes.subList(0, Math.min(MOST_LINES, changes.size())));
        if (changes.size() > MOST_LINES) lines.add("… and " + (changes.size() - MOST_LINES) + " more changes");
        if (!restartKeys.isEmpty()) {
            lines.add("needs a restart, so nothing is taken over while it runs: " + String.join(", ", restartKeys));
        }
        return String.join(System.lineSeparator(), lines);
    }
}
