package io.farebox.gate;

import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.SettleResponse;
import io.farebox.x402.VerifyResponse;

/**
 * Port: one facilitator. Calls block, end within their own deadline, and are safe for concurrent use. Answers are untrusted:
 * an implementation reads them strictly, and the gate compares them with what was asked.
 */
public interface Facilitator {
    /** The id in the configuration. */
    String id();

    /** Asks whether a payment would settle. @throws FacilitatorUnavailableException if there is no answer */
    VerifyResponse verify(FacilitatorRequest request) throws FacilitatorUnavailableException;

    /**
     * Asks for settlement. Idempotent on the chain: asking again with the same request cannot charge twice.
     *
     * @throws FacilitatorUnavailableException if there is no answer; its {@code reach} tells whether the request may have
     *     been read, and then the outcome is unknown
     */
    SettleResponse settle(FacilitatorRequest request) throws FacilitatorUnavailableException;

    /** Whether several settlements may stand on one transaction, as what is taken from a balance stands on its deposit. */
    default boolean sharesTransactions() {
        return false;
    }
}
