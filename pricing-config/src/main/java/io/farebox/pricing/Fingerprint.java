package io.farebox.pricing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.TreeMap;

/** Names the content of a price list: equal lists have equal names on every replica. Secrets take no part. */
final class Fingerprint {
    private static final int LENGTH = 12;

    private Fingerprint() {}

    static String of(FareboxConfig config) {
        var text = new StringBuilder();
        line(
                text,
                config.publicUrl(),
                config.unmatched(),
                new TreeMap<>(config.networkTable().v1Names()));
        line(text, config.v1Networks().stream().map(Object::toString).sorted().toList(), config.settleWait());
        for (RouteConfig route : config.routes()) route(text, route);
        return hash(text.toString()).substring(0, LENGTH);
    }

    /** Names the conditions of a price, whatever it is; header names have no case. */
    static String of(PriceRules.Rule rule) {
        var headers = new TreeMap<String, String>();
        rule.header().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        var text = new StringBuilder();
        new TreeMap<>(rule.query()).forEach((name, value) -> line(text, "query", name, value));
        headers.forEach((name, value) -> line(text, "header", name, value));
        return hash(text.toString()).substring(0, LENGTH);
    }

    private static void route(StringBuilder text, RouteConfig route) {
        line(text, route.id(), route.match(), route.description(), route.mimeType(), route.flow(), route.timeout());
        line(text, route.chargeBelow(), route.verifyLocal(), route.freeForAuthenticated(), route.settleTimeout());
        line(
                text,
                route.options(),
                route.facilitators().stream().map(FacilitatorConfig::id).toList());
        if (route.discovery() != null) line(text, route.discovery());
        if (route.bundle() != null) line(text, route.bundle());
        PriceRules prices = route.prices();
        if (prices == null) return;
        line(text, prices.fallback().text());
        for (PriceRules.Rule rule : prices.rules()) {
            line(
                    text,
                    new TreeMap<>(rule.query()),
                    new TreeMap<>(rule.header()),
                    rule.price().text());
        }
    }

    /** Every part with its length, so that no two lists read the same. */
    private static void line(StringBuilder text, Object... parts) {
        for (Object part : parts) {
            String printed = String.valueOf(part);
            text.append(printed.length()).append(':').append(printed);
        }
        text.append('\n');
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
