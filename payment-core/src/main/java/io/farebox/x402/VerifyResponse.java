package io.farebox.x402;

import org.jspecify.annotations.Nullable;

/**
 * A facilitator's answer to {@code /verify}.
 *
 * @param isValid whether the payment would settle now
 * @param invalidReason an open vocabulary; untrusted text
 * @param payer who pays, if the facilitator says
 */
public record VerifyResponse(
        boolean isValid,
        @Nullable String invalidReason,
        @Nullable String payer) {}
