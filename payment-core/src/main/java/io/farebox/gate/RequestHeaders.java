package io.farebox.gate;

/**
 * Which request headers stop at the gate: a signed payment is not the resource's business, {@code X-Farebox-*} is ours, and what
 * names another method or path than the request line would have the resource serve something else than was priced.
 */
final class RequestHeaders {
    private static final String OURS = "X-Farebox-";
    private static final String[] STRIPPED = {
        "PAYMENT-SIGNATURE",
        "X-PAYMENT",
        "X-PAYMENT-TX",
        "X-PAYMENT-CHAIN",
        "X-PAYMENT-PROOF",
        "X-PAYMENT-TOKEN",
        "PAYMENT-RESPONSE",
        "X-PAYMENT-RESPONSE",
        "PAYMENT-REQUIRED",
        "Settlement-Overrides",
        "X-HTTP-Method-Override",
        "X-HTTP-Method",
        "X-Method-Override",
        "X-Original-URL",
        "X-Rewrite-URL"
    };

    private RequestHeaders() {}

    static boolean isStripped(String name) {
        // Almost every header of almost every request ends here.
        if (name.isEmpty() || !mayBeStripped(name.charAt(0))) return false;
        // Upstreams that know headers as variables (CGI and its like) cannot tell an underscore from a hyphen.
        String plain = name.indexOf('_') < 0 ? name : name.replace('_', '-');
        if (plain.regionMatches(true, 0, OURS, 0, OURS.length())) return true;
        for (String stripped : STRIPPED) if (plain.equalsIgnoreCase(stripped)) return true;
        return false;
    }

    private static boolean mayBeStripped(char first) {
        return switch (first) {
            case 'x', 'X', 'p', 'P', 's', 'S' -> true;
            default -> false;
        };
    }
}
