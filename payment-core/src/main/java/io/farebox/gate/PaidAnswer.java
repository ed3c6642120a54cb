package io.farebox.gate;

import io.farebox.x402.SettleResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Completes the headers of the resource's own answer: receipt, caching, CORS. */
final class PaidAnswer {
    private static final List<String> RECEIPTS = List.of("PAYMENT-RESPONSE", "X-PAYMENT-RESPONSE", "PAYMENT-REQUIRED");
    private static final List<String> SURROGATE = List.of(
            "Surrogate-Control",
            "CDN-Cache-Control",
            "Cloudflare-CDN-Cache-Control",
            "Vercel-CDN-Cache-Control",
            "Netlify-CDN-Cache-Control",
            "Edge-Control",
            "X-Accel-Expires",
            "Settlement-Overrides");

    private PaidAnswer() {}

    static void complete(Grant grant, AnswerHeaders headers, Answers answers) {
        RECEIPTS.forEach(headers::remove);
        SURROGATE.forEach(headers::remove);
        SettleResponse receipt = grant.receipt;
        if (receipt != null) {
            Header header = answers.receipt(grant.attempt, receipt);
            headers.set(header.name(), header.value());
            headers.set("Cache-Control", cacheControl(headers.get("Cache-Control")));
            headers.set(
                    "Vary",
                    Cors.merged(headers.get("Vary"), List.of("PAYMENT-SIGNATURE", "X-PAYMENT", "Authorization")));
        }
        Cors.complete(grant.attempt.cors(), headers);
    }

    /** At least {@code private}: what one payer bought is not for a shared cache, whatever the resource says. */
    static String cacheControl(@Nullable String value) {
        List<String> kept = new ArrayList<>(List.of("private"));
        if (value != null) {
            for (String directive : value.split(",")) {
                String lower = directive.strip().toLowerCase(Locale.ROOT);
                boolean shared = lower.isEmpty()
                        || lower.equals("public")
                        || lower.startsWith("private")
                        || lower.startsWith("s-maxage")
                        || lower.equals("proxy-revalidate");
                if (!shared) kept.add(directive.strip());
            }
        }
        return String.join(", ", kept);
    }
}
