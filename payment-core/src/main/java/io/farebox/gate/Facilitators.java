package io.farebox.gate;

import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import java.util.List;
import java.util.Optional;

/** Port: the configured facilitators. Never blocks for long and never throws. */
public interface Facilitators {
    /**
     * Those that can take this payment, in order of priority; those known to be down come last.
     *
     * @param order ids of those that may be asked, first choice first; empty for all in the order of the configuration
     */
    List<Facilitator> candidates(PaymentPayload payment, PaymentRequirements requirements, List<String> order);

    /** The one with this id, also if it takes no new payments any more; empty if it was removed. */
    Optional<Facilitator> byId(String id);
}
