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
     * @param offer in force: what a refusal asks for
     * @param candidates what the payment may be for, never empty; the signature tells which
     * @param resourceUrl what is paid for
     * @param basePath what stands before the route's own path in the path of that URL
     * @param cors headers for answers of ours
     */
    record Attempt(
            Offer offer,
            PaymentPayload payment,
            List<Candidate> candidates,
            String resourceUrl,
            String basePath,
            String method,
            String path,
            @Nullable String query,
            List<Header> cors)
            implements Decision {
        /** What the payment is taken for: the first candidate's. The offer in force, unless prices have just changed. */
        public Offer taken() {
            return candidates.getFirst().offer();
        }

        /** Why the payment does not meet the terms now, or null; a payment that is already known is exempt. */
        public @Nullable String unmet() {
            return candidates.getFirst().unmet();
        }

        Attempt only(Candidate candidate) {
            return new Attempt(offer, payment, List.of(candidate), resourceUrl, basePath, method, path, query, cors);
        }
    }

    /**
     * What a payment may be for.
     *
     * @param offer what is sold, and how
     * @param terms our own terms, one of the offer's
     * @param unmet why the payment does not meet them now, or null
     */
    record Candidate(
            Offer offer,
            PaymentRequirements terms,
            @Nullable String unmet) {}
}
