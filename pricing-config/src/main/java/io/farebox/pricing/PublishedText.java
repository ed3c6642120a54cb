package io.farebox.pricing;

import io.farebox.gate.Bundle;
import io.farebox.gate.Flow;
import io.farebox.gate.Offer;
import io.farebox.gate.Pricing;
import io.farebox.pricing.FareboxConfig.Unmatched;
import io.farebox.pricing.RouteMatch.Segment;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonFormatException;
import io.farebox.x402.json.JsonObject;
import io.farebox.x402.v2.V2Codec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@link PublishedPrices} as JSON. What only a 402 says (descriptions) is left out: it makes no difference to a payment. Members
 * that a reader does not know are passed over; a change that must not be passed over gets another {@code format}.
 */
final class PublishedText {
    private static final long FORMAT = 1;
    private static final V2Codec CODEC = new V2Codec();

    private final String version;

    PublishedText(String version) {
        this.version = version;
    }

    static String write(String publicUrl, List<PricedRoute> routes, Unmatched unmatched) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("format", FORMAT);
        out.put("publicUrl", publicUrl);
        out.put("unmatched", unmatched.name());
        out.put("routes", routes.stream().map(PublishedText::route).toList());
        return Json.write(out);
    }

    private static Map<String, Object> route(PricedRoute route) {
        Map<String, Object> out = new LinkedHashMap<>();
        if (route.match().method() != null) out.put("method", route.match().method());
        out.put(
                "path",
                route.match().segments().stream().map(PublishedText::segment).toList());
        out.put("prices", route.prices().stream().map(PublishedText::price).toList());
        out.put("dearest", route.dearest());
        return out;
    }

    private static String segment(Segment segment) {
        return segment instanceof Segment.Literal literal ? "=" + literal.text() : segment.toString();
    }

    private static Map<String, Object> price(PricedRoute.Alternative price) {
        Map<String, Object> out = new LinkedHashMap<>();
        if (!price.query().isEmpty()) out.put("query", flat(price.query()));
        if (!price.header().isEmpty()) out.put("header", flat(price.header()));
        switch (price.answer()) {
            case Pricing.Free free -> out.put("free", free.routeId());
            case Pricing.Priced priced -> offer(out, priced.offer());
            // There is no way to pay for it at the moment.
            case Pricing.Refuse none -> {}
            case Pricing.Unpriced unpriced -> throw new IllegalStateException("a route that speaks of nothing");
        }
        return out;
    }

    private static void offer(Map<String, Object> out, Offer offer) {
        out.put("id", offer.routeId());
        out.put("rule", offer.rule());
        out.put("price", offer.price());
        out.put("accepts", offer.accepts().stream().map(CODEC::requirements).toList());
        if (!offer.direct().isEmpty())
            out.put("direct", offer.direct().stream().map(CODEC::requirements).toList());
        out.put("facilitators", offer.facilitators());
        out.put("flow", offer.flow().name());
        out.put("timeout", offer.timeout().toMillis());
        out.put("chargeBelow", offer.chargeBelow());
        out.put("verifyLocal", offer.verifyLocal());
        out.put("freeForAuthenticated", offer.freeForAuthenticated());
        if (offer.bundle() != null) out.put("bundle", bundle(offer.bundle()));
    }

    private static Map<String, Object> bundle(Bundle bundle) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("id", bundle.id());
        out.put("requests", bundle.requests());
        out.put("routes", bundle.routes());
        out.put("ttl", bundle.ttl().toMillis());
        return out;
    }

    private static @Nullable Bundle readBundle(@Nullable JsonObject json, String price) {
        return json == null
                ? null
                : new Bundle(
                        json.string("id"),
                        price,
                        (int) json.integer("requests"),
                        strings(json, "routes"),
                        Duration.ofMillis(json.integer("ttl")));
    }

    PublishedPrices read(String text) {
        JsonObject json = Json.readObject(text);
        if (json.integer("format") != FORMAT) throw new JsonFormatException("format");
        List<PricedRoute> routes =
                json.objects("routes").stream().map(this::readRoute).toList();
        Unmatched unmatched = choice(Unmatched.class, json.string("unmatched"));
        return new PublishedPrices(json.string("publicUrl"), routes, unmatched, new PriceTree(routes, unmatched));
    }

    private PricedRoute readRoute(JsonObject json) {
        RouteMatch match = new RouteMatch(
                json.stringOrNull("method"),
                strings(json, "path").stream().map(PublishedText::readSegment).toList());
        List<PricedRoute.Alternative> prices =
                json.objects("prices").stream().map(this::readPrice).toList();
        if (prices.isEmpty()) throw new JsonFormatException("prices");
        return new PricedRoute(match, prices, (int) json.integer("dearest"));
    }

    private static Segment readSegment(String text) {
        if (text.startsWith("=")) return new Segment.Literal(text.substring(1));
        if (text.equals("*")) return new Segment.One();
        if (text.equals("**")) return new Segment.Rest();
        if (text.startsWith("{")) return new Segment.Variable(text.substring(1, text.length() - 1));
        throw new JsonFormatException("path");
    }

    private PricedRoute.Alternative readPrice(JsonObject json) {
        return new PricedRoute.Alternative(table(json, "query"), table(json, "header"), readAnswer(json));
    }

    private Pricing readAnswer(JsonObject json) {
        String free = json.stringOrNull("free");
        if (free != null) return new Pricing.Free(free);
        List<PaymentRequirements> accepts =
                json.objects("accepts").stream().map(CODEC::requirements).toList();
        List<PaymentRequirements> direct =
                json.objects("direct").stream().map(CODEC::requirements).toList();
        if (accepts.isEmpty() && direct.isEmpty()) return Offers.NO_WAY_TO_PAY;
        return new Pricing.Priced(new Offer(
                json.string("id"),
                json.string("rule"),
                version,
                "",
                "",
                json.string("price"),
                accepts,
                direct,
                strings(json, "facilitators"),
                choice(Flow.class, json.string("flow")),
                Duration.ofMillis(json.integer("timeout")),
                (int) json.integer("chargeBelow"),
                json.bool("verifyLocal"),
                json.bool("freeForAuthenticated"),
                null,
                readBundle(json.objectOrNull("bundle"), json.string("price")),
                List.of()));
    }

    /** Names and values by turns. */
    private static List<String> flat(Map<String, String> table) {
        List<String> all = new ArrayList<>();
        new TreeMap<>(table).forEach((name, value) -> all.addAll(List.of(name, value)));
        return all;
    }

    private static Map<String, String> table(JsonObject json, String name) {
        if (!json.members().containsKey(name)) return Map.of();
        List<String> all = strings(json, name);
        Map<String, String> table = new TreeMap<>();
        for (int i = 0; i + 1 < all.size(); i += 2) table.put(all.get(i), all.get(i + 1));
        if (table.size() * 2 != all.size()) throw new JsonFormatException(name);
        return table;
    }

    private static List<String> strings(JsonObject json, String name) {
        if (!(json.members().get(name) instanceof List<?> list)) throw new JsonFormatException(name);
        List<String> all = new ArrayList<>();
        for (Object each : list) {
            if (!(each instanceof String text)) throw new JsonFormatException(name);
            all.add(text);
        }
        return all;
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String text) {
        try {
            return Enum.valueOf(type, text);
        } catch (IllegalArgumentException e) {
            throw new JsonFormatException(type.getSimpleName());
        }
    }
}
