package io.farebox.x402;

/**
 * What a facilitator is asked to verify or settle.
 *
 * @param payment what the client sent
 * @param requirements our own terms, never the client's copy of them
 * @param resource what is paid for
 */
public record FacilitatorRequest(PaymentPayload payment, PaymentRequirements requirements, ResourceInfo resource) {}
