package io.farebox.gate;

import io.farebox.x402.Discovery;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.ResourceInfo;
import io.farebox.x402.json.Base64Json;
import io.farebox.x402.json.Json;
import io.farebox.x402.v1.V1Codec;
import io.farebox.x402.v2.PaymentIdentifier;
import io.farebox.x402.v2.V2Codec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The 402 of one offer, for both generations of clients: version 1 reads the body, version 2 the header. Everything but the
 * resource's URL, what comes before the route in it, and the error is rendered when the offer is first asked for; the last
 * answer is kept, since most routes have one URL.
 */
final class Challenge {
    /** What proxies and containers let through, with room for the other headers. */
    static final int MAX_HEADER = 6 * 1024;

    /** What is left for the URL, once encoded. */
    private static final int URL_ROOM = 700;

    /** What is left for the path before the route template, once encoded. */
    private static final int BASE_ROOM = 200;

    private static final System.Logger LOG = System.getLogger(Challenge.class.getName());

    private final Template body;
    private final Template header;

    Challenge(
            Offer offer,
            V1Codec v1,
            V2Codec v2,
            GateSettings settings,
            OfferSeal seal,
            TransferRail rail,
            TokenRail tokens) {
        ResourceInfo resource = new ResourceInfo(Template.URL, offer.description(), offer.mimeType());
        this.body = new Template(Json.write(body(offer, resource, v1, settings, rail, tokens)));
        this.header = new Template(header(offer, resource, v2, seal));
    }

    /** The body for this resource and error, ASCII JSON. @param transfer what a payer signs to show a transfer; may be empty */
    byte[] body(String url, String error, String base, String transfer) {
        return body.fill(url, error, base, transfer);
    }

    /** The value of {@code PAYMENT-REQUIRED} for this resource and error. */
    String header(String url, String error, String base) {
        return Base64Json.encode(header.fill(url, error, base));
    }

    private static Map<String, Object> body(
            Offer offer,
            ResourceInfo resource,
            V1Codec v1,
            GateSettings settings,
            TransferRail rail,
            TokenRail tokens) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("x402Version", 1);
        out.put("error", Template.ERROR);
        out.put(
                "accepts",
                offer.accepts().stream()
                        .filter(ours -> settings.v1Networks().contains(ours.network()) && v1.knows(ours.network()))
                        .map(ours -> v1.requirements(ours, resource, offer.discovery()))
                        .toList());
        out.put("price", offer.price());
        List<Object> options = paymentOptions(offer, settings.providers());
        if (tokens.isTaken()) options.add(TokenOption.of(offer, rail.isOffered(offer), options.size() + 1));
        if (rail.isOffered(offer)) options.add(rail.option(offer, options.size() + 1));
        out.put("paymentOptions", options);
        return out;
    }

    private static List<Object> paymentOptions(Offer offer, List<String> all) {
        List<String> providers = offer.facilitators().isEmpty() ? all : offer.facilitators();
        List<String> networks = offer.accepts().stream()
                .map(ours -> ours.network().caip2())
                .distinct()
                .toList();
        List<Object> options = new ArrayList<>();
        if (networks.isEmpty()) return options;
        for (String provider : providers) {
            Map<String, Object> option = new LinkedHashMap<>();
            option.put("provider", provider);
            option.put("type", "facilitator");
            option.put("priority", options.size() + 1);
            option.put("recommended", options.isEmpty());
            option.put("networks", networks);
            option.put(
                    "howTo",
                    "Sign one entry of accepts and repeat the request with it in PAYMENT-SIGNATURE (x402 version 2) or"
                            + " X-PAYMENT (version 1).");
            options.add(option);
        }
        return options;
    }

    /** What clients can pay without goes first, then the ways to pay that we like least. */
    private static String header(Offer offer, ResourceInfo resource, V2Codec v2, OfferSeal seal) {
        List<PaymentRequirements> accepts = new ArrayList<>();
        for (PaymentRequirements terms : offer.accepts()) accepts.add(seal.sealed(offer, terms));
        Discovery discovery = offer.discovery();
        Map<String, Object> extensions = new LinkedHashMap<>();
        if (discovery != null) {
            extensions.putAll(v2.extensions(discovery.under(Template.BASE)));
            String told = header(resource, accepts, extensions, v2);
            PaymentIdentifier.declare(extensions);
            String whole = header(resource, accepts, extensions, v2);
            if (fits(whole, URL_ROOM + BASE_ROOM)) return whole;
            if (fits(told, URL_ROOM + BASE_ROOM)) return told;
            extensions.clear();
            LOG.log(
                    System.Logger.Level.WARNING,
                    "route {0}: PAYMENT-REQUIRED would pass 6 KiB, so version 2 clients are not told how to call it;"
                            + " shorten discovery or the description, or accept fewer assets",
                    offer.routeId());
        }
        PaymentIdentifier.declare(extensions);
        String whole = header(resource, accepts, extensions, v2);
        if (fits(whole, URL_ROOM)) return whole;
        while (true) {
            String json = header(resource, accepts, Map.of(), v2);
            if (fits(json, URL_ROOM) || accepts.size() <= 1) return json;
            PaymentRequirements dropped = accepts.removeLast();
            LOG.log(
                    System.Logger.Level.WARNING,
                    "route {0}: PAYMENT-REQUIRED would pass 6 KiB, so version 2 clients are not offered {1};"
                            + " shorten the description or accept fewer assets",
                    offer.routeId(),
                    dropped.network());
        }
    }

    private static boolean fits(String json, int room) {
        return json.length() * 4 / 3 < MAX_HEADER - room;
    }

    private static String header(
            ResourceInfo resource, List<PaymentRequirements> accepts, Map<String, Object> extensions, V2Codec v2) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("x402Version", 2);
        out.put("error", Template.ERROR);
        out.put("resource", v2.resource(resource));
        out.put("accepts", accepts.stream().map(v2::requirements).toList());
        if (!extensions.isEmpty()) out.put("extensions", extensions);
        return Json.write(out);
    }
}
