package io.farebox.gate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets pages of configured origins pay: both families of x402 clients set unusual headers and read unusual ones. */
final class Cors {
    private static final String ALLOW_HEADERS = "PAYMENT-SIGNATURE, X-PAYMENT, Access-Control-Expose-Headers,"
            + " Authorization, Idempotency-Key, Content-Type";
    private static final List<String> EXPOSED =
            List.of("PAYMENT-REQUIRED", "PAYMENT-RESPONSE", "X-PAYMENT-RESPONSE", "Retry-After");
    private static final String EXPOSE = "Access-Control-Expose-Headers";
    private static final String MAX_AGE_SECONDS = "600";

    private static final String TRANSFERS =
            ", " + TransferRail.TX + ", " + TransferRail.CHAIN + ", " + TransferRail.PROOF;

    private final Set<String> origins;
    private final String allowHeaders;
    private final String exposed;

    Cors(Set<String> origins, boolean transfers, boolean tokens) {
        this.origins = origins;
        this.allowHeaders = ALLOW_HEADERS + (transfers ? TRANSFERS : "") + (tokens ? ", " + TokenRail.TOKEN : "");
        List<String> all = new ArrayList<>(EXPOSED);
        if (tokens) all.addAll(PaidAnswer.OF_BALANCE);
        this.exposed = String.join(", ", all);
    }

    static boolean isPreflight(GateRequest request) {
        return request.method().equals("OPTIONS")
                && request.header("Origin") != null
                && request.header("Access-Control-Request-Method") != null;
    }

    /** What a preflight is answered; without permission where the origin is not configured. */
    List<Header> preflight(@Nullable String origin) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"));
        String allowed = allowed(origin);
        if (allowed != null) {
            headers.add(new Header("Access-Control-Allow-Origin", allowed));
            headers.add(new Header("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"));
            headers.add(new Header("Access-Control-Allow-Headers", allowHeaders));
            headers.add(new Header("Access-Control-Max-Age", MAX_AGE_SECONDS));
        }
        return headers;
    }

    /** What an answer of ours carries. */
    List<Header> answer(@Nullable String origin) {
        String allowed = allowed(origin);
        if (allowed == null) return List.of();
        return List.of(new Header("Access-Control-Allow-Origin", allowed), new Header(EXPOSE, exposed));
    }

    /** Completes the resource's own answer: its exposed headers stay, its allowed origin stays. */
    static void complete(List<Header> ours, AnswerHeaders answer) {
        if (ours.isEmpty()) return;
        if (answer.get("Access-Control-Allow-Origin") == null) {
            answer.set("Access-Control-Allow-Origin", ours.getFirst().value());
        }
        for (Header each : ours) {
            if (each.name().equals(EXPOSE))
                answer.set(
                        EXPOSE, merged(answer.get(EXPOSE), List.of(each.value().split(", "))));
        }
        answer.set("Vary", merged(answer.get("Vary"), List.of("Origin")));
    }

    /** A comma-separated list with what it lacks appended; names are compared without regard to case. */
    static String merged(@Nullable String list, List<String> names) {
        Set<String> all = new LinkedHashSet<>();
        if (list != null) for (String name : list.split(",")) if (!name.isBlank()) all.add(name.strip());
        if (all.contains("*")) return "*";
        for (String name : names) if (all.stream().noneMatch(name::equalsIgnoreCase)) all.add(name);
        return String.join(", ", all);
    }

    private @Nullable String allowed(@Nullable String origin) {
        if (origin == null) return null;
        if (origins.contains("*")) return "*";
        return origins.contains(origin) ? origin : null;
    }
}
