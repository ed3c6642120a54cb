package io.farebox.gate;

import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SettleResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A request that was let in. The host carries it from admission to the end of the answer and hands it back to the gate; its
 * state is the gate's business. Safe to hand between threads.
 */
public final class Grant {
    final Decision.Attempt attempt;
    final FacilitatorRequest request;
    final String payer;
    final Claim claim;
    final Instant validBefore;
    /** Who verified, and so is asked to settle first. */
    final @Nullable Facilitator verifiedBy;

    /** Held while settling, so that a second caller waits for the first one's outcome. */
    final ReentrantLock settling = new ReentrantLock();
    /** Set once the claim's end is written, or is somebody else's to write. */
    final AtomicBoolean ended = new AtomicBoolean();

    /** How the host says it ended. */
    final AtomicReference<@Nullable End> endAsked = new AtomicReference<>();

    /** @param failed whether the answer did not arrive */
    record End(String reason, boolean failed) {}

    /** Until when the claim holds without a renewal. */
    volatile Instant leaseUntil;

    /** Since when settlement is, or may be, under way. */
    volatile @Nullable Instant settlingSince;

    volatile @Nullable SettleResponse receipt;
    /** What it is paid by, if by a token. */
    volatile @Nullable Token token;

    /** How the balance that it was paid from stood afterwards; null for other payments, or if nobody could tell. */
    volatile @Nullable Standing standing;

    volatile @Nullable Settlement outcome;
    private final List<Header> upstreamHeaders;

    Grant(
            Decision.Attempt attempt,
            FacilitatorRequest request,
            String payer,
            Claim claim,
            Instant validBefore,
            @Nullable Facilitator verifiedBy,
            @Nullable SettleResponse receipt,
            Instant leaseUntil,
            List<Header> upstreamHeaders) {
        this.attempt = attempt;
        this.request = request;
        this.payer = payer;
        this.claim = claim;
        this.validBefore = validBefore;
        this.verifiedBy = verifiedBy;
        this.receipt = receipt;
        this.leaseUntil = leaseUntil;
        this.upstreamHeaders = upstreamHeaders;
    }

    public String routeId() {
        return attempt.taken().routeId();
    }

    /** How long the resource may take. */
    public Duration timeout() {
        return attempt.taken().timeout();
    }

    /** Facts about the payment, for the application. */
    public PaymentFacts facts() {
        PaymentRequirements terms = request.requirements();
        return new PaymentFacts(claim.paymentId(), routeId(), payer, terms.amount(), terms.asset(), terms.network());
    }

    /** What the upstream is told: {@code X-Farebox-*}; to be set, not added. */
    public List<Header> upstreamHeaders() {
        return upstreamHeaders;
    }

    boolean settled() {
        return receipt != null;
    }
}
