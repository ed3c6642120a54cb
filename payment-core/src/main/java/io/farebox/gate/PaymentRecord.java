package io.farebox.gate;

import io.farebox.x402.Network;
import io.farebox.x402.SettleResponse;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the book.
 *
 * @param claim its id, key and current fence
 * @param amount atomic units
 * @param facilitator who was asked to settle, if anyone
 * @param payload the facilitator request as text; null once redacted
 * @param receipt how it was settled
 * @param releases how often it was given back
 * @param reason why it failed, was released or is unknown; a fixed code
 */
public record PaymentRecord(
        Claim claim,
        PaymentState state,
        DeliveryState delivery,
        String payer,
        Network network,
        String asset,
        BigInteger amount,
        String payTo,
        String routeId,
        String priceVersion,
        String requestDigest,
        @Nullable String bodyDigest,
        Instant validBefore,
        @Nullable String facilitator,
        @Nullable String payload,
        @Nullable SettleResponse receipt,
        int releases,
        @Nullable String reason,
        Instant leaseUntil,
        @Nullable Instant owedUntil,
        Instant createdAt,
        Instant updatedAt) {}
