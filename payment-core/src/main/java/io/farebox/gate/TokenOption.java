package io.farebox.gate;

import io.farebox.x402.PaymentRequirements;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a 402 tells clients that want to pay by a token. */
final class TokenOption {
    private static final String HOW =
            "Repeat the request with your token in X-PAYMENT-TOKEN, and an Idempotency-Key so that asking"
                    + " again is not paying again.";
    private static final String FROM_TRANSFER = " To get a token, send X-PAYMENT-TOKEN: new beside X-PAYMENT-PROOF.";
    private static final String FROM_BUNDLE = " To get a token, buy one of bundles: POST to its path and pay as here.";

    private TokenOption() {}

    static Map<String, Object> of(Offer offer, boolean transfers, int priority) {
        Map<String, Object> option = new LinkedHashMap<>();
        option.put("provider", "token");
        option.put("type", "access_token");
        option.put("priority", priority);
        option.put("recommended", priority == 1);
        option.put(
                "networks",
                offer.accepts().stream()
                        .map(PaymentRequirements::network)
                        .map(Object::toString)
                        .distinct()
                        .toList());
        List<Object> bundles = new ArrayList<>();
        for (Bundle each : offer.bundles()) bundles.add(bundle(each));
        if (!bundles.isEmpty()) option.put("bundles", bundles);
        option.put("howTo", HOW + (transfers ? FROM_TRANSFER : "") + (bundles.isEmpty() ? "" : FROM_BUNDLE));
        return option;
    }

    private static Map<String, Object> bundle(Bundle bundle) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("id", bundle.id());
        out.put("price", bundle.price());
        out.put("requests", bundle.requests());
        out.put("validSeconds", bundle.ttl().toSeconds());
        out.put("method", "POST");
        out.put("path", Template.BASE + Bundle.PATH + bundle.id());
        return out;
    }
}
