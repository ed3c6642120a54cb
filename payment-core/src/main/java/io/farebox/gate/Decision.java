package io.farebox.gate;

import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to do with a request, as far as that can be told without asking anyone. */
public sealed interface Decision {
    /** Nothing to pay: pass it on, payment headers removed. */
    record Free(GateEvent.Passed event) implements Decision {}

    /** Answer this: a 402, a preflight, or a refusal. */
    record Answer(GateResponse response, @Nullable GateEvent event) implements Decision {}

    /**
     * It carries a payment: {@link PaymentGate#admit admit} it, where blocking is allowed.
     *
     * @param candidates our own terms that the payment may be for, never empty; the signature tells which
     * @param unmet why the payment does not meet the terms now, or null; a payment that is already known is exempt
     * @param resourceUrl what is paid for
     * @param cors headers for answers of ours
     */
    record Attempt(
            Offer offer,
            PaymentPayload payment,
            List<PaymentRequirements> candidates,
            @Nullable String unmet,
            String resourceUrl,
            String method,
            String path,
            @Nullable String query,
            List<Header> cors)
            implements Decision {}
}
