package io.farebox.gate;

/** Which request headers stop at the gate: a signed payment is not the resource's business, and {@code X-Farebox-*} is ours. */
final class RequestHeaders {
    private static final String OURS = "X-Farebox-";
    private static final String[] PAYMENT = {
        "PAYMENT-SIGNATURE",
        "X-PAYMENT",
        "X-PAYMENT-TX",
        "X-PAYMENT-CHAIN",
        "X-PAYMENT-PROOF",
        "X-PAYMENT-TOKEN",
        "PAYMENT-RESPONSE",
        "X-PAYMENT-RESPONSE",
        "PAYMENT-REQUIRED",
        "Settlement-Overrides"
    };

    private RequestHeaders() {}

    static boolean isStripped(String name) {
        if (name.regionMatches(true, 0, OURS, 0, OURS.length())) return true;
        for (String payment : PAYMENT) if (name.equalsIgnoreCase(payment)) return true;
        return false;
    }
}
