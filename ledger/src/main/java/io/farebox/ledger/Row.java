package io.farebox.ledger;

import io.farebox.gate.Claim;
import io.farebox.gate.ClaimRequest;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PaymentState;
import io.farebox.x402.Network;
import io.farebox.x402.SettleResponse;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One payment as the writer holds it: read from the table, changed, and saved. Confined to one thread. */
@SuppressWarnings("NullAway.Init") // filled by the table or by a claim
final class Row {
    String key;
    String id;
    long fence;
    long version;
    PaymentState state;
    DeliveryState delivery;
    String payer;
    Network network;
    String asset;
    BigInteger amount;
    String payTo;
    String routeId;
    String priceVersion;
    String requestDigest;
    long validBefore;
    int releases;
    String owner;
    long leaseUntil;
    long createdAt;
    long updatedAt;

    @Nullable
    String bodyDigest;

    @Nullable
    String facilitator;

    @Nullable
    String payload;

    @Nullable
    String receiptPayer;

    @Nullable
    String transaction;

    @Nullable
    String reason;

    @Nullable
    Long settlingSince;

    @Nullable
    Long settledAt;

    @Nullable
    Long owedUntil;

    /** Key of the payment whose request has, or had last, the run that is owed. */
    @Nullable
    String runKey;

    static Row entered(String id, ClaimRequest request) {
        Row row = new Row();
        row.id = id;
        row.createdAt = Millis.of(request.now());
        row.fill(request);
        return row;
    }

    /** Another authorization may stand behind the same key, so all that came with an earlier one is replaced. */
    void fill(ClaimRequest request) {
        key = request.key();
        state = PaymentState.CLAIMED;
        delivery = DeliveryState.NONE;
        payer = request.payer();
        network = request.network();
        asset = request.asset();
        amount = request.amount();
        payTo = request.payTo();
        routeId = request.routeId();
        priceVersion = request.priceVersion();
        requestDigest = request.requestDigest();
        bodyDigest = request.bodyDigest();
        validBefore = Millis.of(request.validBefore());
        payload = request.payload();
        facilitator = null;
        reason = null;
        settlingSince = null;
        hold(request.owner(), request.leaseUntil(), request.now());
    }

    Claim hold(String newOwner, Instant until, Instant now) {
        fence++;
        owner = newOwner;
        leaseUntil = Millis.of(until);
        updatedAt = Millis.of(now);
        return claim();
    }

    /** Nobody living waits for a settlement under way any more: from now on it is in doubt, however young it is. */
    void takeOver(String newOwner, Instant until, Instant now) {
        if (state == PaymentState.SETTLING) settlingSince = 0L;
        hold(newOwner, until, now);
    }

    void end(PaymentState endState, @Nullable String why) {
        state = endState;
        reason = why;
        payload = null;
    }

    Claim claim() {
        return new Claim(id, key, fence);
    }

    boolean isHeldBy(Claim claim) {
        return id.equals(claim.paymentId()) && fence == claim.fence();
    }

    boolean lapsed(Instant now) {
        return leaseUntil <= Millis.of(now);
    }

    boolean isRunning() {
        return state == PaymentState.SETTLED && delivery == DeliveryState.RUNNING;
    }

    boolean isOwed() {
        return state == PaymentState.SETTLED && delivery == DeliveryState.OWED;
    }

    /** What was paid for did not arrive, and nobody living is bringing it. */
    boolean runIsDue(Instant now) {
        if (owedUntil == null || owedUntil <= Millis.of(now)) return false;
        return isOwed() || (isRunning() && lapsed(now));
    }

    /** When somebody must look at this row if nothing happens before; null if it is at rest. */
    @Nullable
    Long wakesAt() {
        return switch (state) {
            case CLAIMED, SETTLING, UNKNOWN -> leaseUntil;
            case SETTLED ->
                switch (delivery) {
                    case RUNNING -> leaseUntil;
                    case OWED -> owedUntil;
                    case NONE, COMPLETE -> null;
                };
            case RELEASED, FAILED, EXPIRED, REVERSED, REFUND_DUE, REFUNDED -> null;
        };
    }

    SettleResponse receipt() {
        return new SettleResponse(true, null, receiptPayer, Objects.requireNonNull(transaction), network);
    }

    /** The transaction as it is compared; null if there is none to compare. */
    @Nullable
    String transactionKey() {
        return transaction == null || transaction.isEmpty() ? null : canonical(transaction);
    }

    String canonical(String hash) {
        return network.isEvm() ? hash.toLowerCase(Locale.ROOT) : hash;
    }

    PaymentRecord toRecord() {
        return new PaymentRecord(
                claim(),
                state,
                delivery,
                payer,
                network,
                asset,
                amount,
                payTo,
                routeId,
                priceVersion,
                requestDigest,
                bodyDigest,
                Instant.ofEpochMilli(validBefore),
                facilitator,
                payload,
                transaction == null ? null : receipt(),
                releases,
                reason,
                Instant.ofEpochMilli(leaseUntil),
                Millis.instant(owedUntil),
                Instant.ofEpochMilli(createdAt),
                Instant.ofEpochMilli(updatedAt));
    }
}
