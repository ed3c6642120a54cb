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
     * @param wantsToken whether the payer asks for a token of the balance that he pays from
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
            boolean wantsToken,
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
            return paying(payment, candidate);
        }

        /** The same once more is known of the payment. */
        Attempt paying(PaymentPayload known, Candidate candidate) {
            return new Attempt(
                    offer, known, List.of(candidate), resourceUrl, basePath, method, path, query, wantsToken, cors);
        }
    }

    /**
     * It asks about a token that was made here, or ends it: {@link PaymentGate#answer answer} it, where blocking is allowed.
     *
     * @param digest SHA-256 of the token in hexadecimal
     * @param ends whether the token is to end
     * @param cors headers for answers of ours
     */
    record Inquiry(String digest, boolean ends, List<Header> cors) implements Decision {}

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
