package io.farebox.x402;

import org.jspecify.annotations.Nullable;

/**
 * What a facilitator is asked to verify or settle.
 *
 * @param payment what the client sent
 * @param requirements our own terms, never the client's copy of them
 * @param resource what is paid for
 * @param discovery what our 402 says for catalogues, so that the facilitator can list the resource, or null; never the client's
 *     copy of it
 */
public record FacilitatorRequest(
        PaymentPayload payment,
        PaymentRequirements requirements,
        ResourceInfo resource,
        @Nullable Discovery discovery) {
    /** A request that says nothing for catalogues. */
    public FacilitatorRequest(PaymentPayload payment, PaymentRequirements requirements, ResourceInfo resource) {
        this(payment, requirements, resource, null);
    }
}
