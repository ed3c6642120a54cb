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

    private static final String BALANCE = "X-PAYMENT-BALANCE";
    private static final String LEFT = "X-PAYMENT-REQUESTS-LEFT";
    private static final String EXPIRES = "X-PAYMENT-TOKEN-EXPIRES";
    private static final String IDEMPOTENCY = "X-PAYMENT-IDEMPOTENCY";

    /** What is said of a balance; nobody else says such things here. */
    static final List<String> OF_BALANCE = List.of(BALANCE, LEFT, TokenRail.TOKEN, EXPIRES, IDEMPOTENCY);

    private PaidAnswer() {}

    static void complete(Grant grant, AnswerHeaders headers, Answers answers) {
        RECEIPTS.forEach(headers::remove);
        SURROGATE.forEach(headers::remove);
        OF_BALANCE.forEach(headers::remove);
        SettleResponse receipt = grant.receipt;
        if (receipt != null) {
            Header header = answers.receipt(grant.attempt, receipt);
            headers.set(header.name(), header.value());
            headers.set("Cache-Control", cacheControl(headers.get("Cache-Control")));
            headers.set(
                    "Vary",
                    Cors.merged(headers.get("Vary"), List.of("PAYMENT-SIGNATURE", "X-PAYMENT", "Authorization")));
        }
        Standing standing = grant.standing;
        if (standing != null) complete(standing, headers);
        Cors.complete(grant.attempt.cors(), headers);
    }

    private static void complete(Standing standing, AnswerHeaders headers) {
        headers.set(BALANCE, standing.balance().toString());
        headers.set(LEFT, standing.left().toString());
        headers.set("Vary", Cors.merged(headers.get("Vary"), List.of(TokenRail.TOKEN)));
        if (standing.expiresAt() != null)
            headers.set(EXPIRES, standing.expiresAt().toString());
        if (standing.named() != null)
            headers.set(IDEMPOTENCY, standing.named() ? "key" : "none; each request is charged, send Idempotency-Key");
        if (standing.issued() != null) {
            headers.set(TokenRail.TOKEN, standing.issued());
            headers.set("Cache-Control", "no-store");
        }
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
