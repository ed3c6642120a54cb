package io.farebox.gate;

import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a payment meets our terms, as far as plain comparison tells. Reasons are the codes of the x402 specification where
 * it has one.
 */
final class Terms {
    /** How much longer than announced a payment may be valid: clocks, and clients that round up. */
    static final Duration TOLERANCE = Duration.ofMinutes(10);

    /** What {@code maxTimeoutSeconds} leaves a client to sign and send; the rest must still be there when the payment arrives. */
    static final Duration SLACK = Duration.ofSeconds(30);

    static final String NO_MATCH = "no_matching_requirements";
    static final String RESOURCE = "resource_mismatch";

    private Terms() {}

    /** Why the payment does not meet the terms now, or null if it does. */
    static @Nullable String unmet(PaymentPayload payment, PaymentRequirements ours, String resourceUrl, Instant now) {
        PaymentRequirements accepted = payment.accepted();
        if (accepted != null && !Matching.matches(ours, accepted)) return NO_MATCH;
        if (payment.resource() != null && !payment.resource().url().equals(resourceUrl)) return RESOURCE;
        return switch (payment.payload()) {
            case SchemePayload.Eip3009 p -> unmet(p, ours, now);
            // Amount and payee are the local verifier's to check, its life the facilitator's, before anything is
            // claimed.
            case SchemePayload.Solana p -> null;
            // What was transferred is looked at when it is credited.
            case SchemePayload.Transfer p -> null;
            case SchemePayload.Token p -> null;
        };
    }

    private static @Nullable String unmet(SchemePayload.Eip3009 p, PaymentRequirements ours, Instant now) {
        if (!p.to().equalsIgnoreCase(ours.payTo())) return "invalid_exact_evm_payload_recipient_mismatch";
        if (!p.value().equals(ours.amount())) return "invalid_exact_evm_payload_authorization_value_mismatch";
        if (p.validAfter().compareTo(seconds(now)) > 0) return "invalid_exact_evm_payload_authorization_valid_after";
        BigInteger soonest = seconds(now.plusSeconds(ours.maxTimeoutSeconds()).minus(SLACK));
        BigInteger latest = seconds(now.plusSeconds(ours.maxTimeoutSeconds()).plus(TOLERANCE));
        if (p.validBefore().compareTo(soonest) < 0 || p.validBefore().compareTo(latest) > 0) {
            return "invalid_exact_evm_payload_authorization_valid_before";
        }
        return null;
    }

    /**
     * Until when the payment can be charged. A Solana transaction lives about as long as its block hash; what is taken from a
     * balance is taken while the request lasts, or never.
     */
    static Instant validBefore(SchemePayload payload, PaymentRequirements ours, Instant now) {
        return switch (payload) {
            case SchemePayload.Eip3009 p ->
                Instant.ofEpochSecond(p.validBefore()
                        .min(seconds(now.plus(Duration.ofDays(3660))))
                        .longValueExact());
            case SchemePayload.Solana p -> now.plusSeconds(ours.maxTimeoutSeconds());
            case SchemePayload.Transfer p -> now.plusSeconds(ours.maxTimeoutSeconds());
            case SchemePayload.Token p -> now.plusSeconds(ours.maxTimeoutSeconds());
        };
    }

    private static BigInteger seconds(Instant instant) {
        return BigInteger.valueOf(instant.getEpochSecond());
    }
}
