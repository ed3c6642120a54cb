package io.farebox.testkit.book;

import io.farebox.gate.Claim;
import io.farebox.gate.ClaimRequest;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PaymentState;
import io.farebox.x402.SettleResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One payment, changed only under the book's lock. */
final class Row {
    final String id;
    final Instant createdAt;
    ClaimRequest request;
    long fence = 1;
    PaymentState state = PaymentState.CLAIMED;
    DeliveryState delivery = DeliveryState.NONE;
    int releases;
    Instant leaseUntil;
    Instant updatedAt;
    /** The claim that holds it, or held it last. */
    String owner;

    @Nullable
    String payload;

    @Nullable
    String facilitator;

    @Nullable
    String reason;

    @Nullable
    SettleResponse receipt;

    @Nullable
    Instant settlingSince;

    @Nullable
    Instant settledAt;

    @Nullable
    Instant owedUntil;

    /** Key of the payment whose request has, or had last, the run that is owed. */
    @Nullable
    String runKey;

    Row(String id, ClaimRequest request) {
        this.id = id;
        this.owner = request.owner();
        this.request = request;
        this.payload = request.payload();
        this.createdAt = millis(request.now());
        this.updatedAt = createdAt;
        this.leaseUntil = millis(request.leaseUntil());
    }

    /** Another authorization may stand behind the same key, so all that came with the first one is replaced. */
    Claim claimAnew(ClaimRequest newRequest) {
        releases = releasesSoFar();
        request = newRequest;
        payload = newRequest.payload();
        facilitator = null;
        reason = null;
        settlingSince = null;
        state = PaymentState.CLAIMED;
        owner = newRequest.owner();
        return hold(newRequest.leaseUntil(), newRequest.now());
    }

    /** A claim that lapsed counts as given back. */
    int releasesSoFar() {
        return state == PaymentState.CLAIMED ? releases + 1 : releases;
    }

    Claim hold(Instant until, Instant now) {
        fence++;
        leaseUntil = millis(until);
        updatedAt = millis(now);
        return claim();
    }

    boolean isHeldBy(ClaimRequest same) {
        if (!owner.equals(same.owner()) || lapsed(same.now())) return false;
        return state == PaymentState.CLAIMED
                ? request.key().equals(same.key())
                : state == PaymentState.SETTLED
                        && delivery == DeliveryState.RUNNING
                        && same.key().equals(runKey);
    }

    Claim claim() {
        return new Claim(id, request.key(), fence);
    }

    /** The same payment under names that nobody can trace back. */
    void rename(UnaryOperator<String> pseudonym) {
        ClaimRequest r = request;
        request = new ClaimRequest(
                pseudonym.apply(r.key()),
                pseudonym.apply(r.payer()),
                r.network(),
                r.asset(),
                r.amount(),
                r.payTo(),
                r.routeId(),
                r.priceVersion(),
                r.requestDigest(),
                r.bodyDigest(),
                r.identifier(),
                r.validBefore(),
                r.payload(),
                r.owner(),
                r.leaseUntil(),
                r.now(),
                r.graceFrom(),
                r.doubtFrom(),
                r.maxReleases(),
                r.knownOnly());
        runKey = runKey == null ? null : pseudonym.apply(runKey);
        SettleResponse paid = receipt;
        if (paid != null && paid.payer() != null)
            receipt = new SettleResponse(true, null, pseudonym.apply(paid.payer()), paid.transaction(), paid.network());
    }

    boolean lapsed(Instant now) {
        return !leaseUntil.isAfter(millis(now));
    }

    /** What was paid for did not arrive, and nobody living is bringing it. */
    boolean runIsDue(Instant now) {
        if (state != PaymentState.SETTLED || owedUntil == null || !owedUntil.isAfter(millis(now))) return false;
        return delivery == DeliveryState.OWED || (delivery == DeliveryState.RUNNING && lapsed(now));
    }

    boolean inDoubt(ClaimRequest other) {
        boolean open = state == PaymentState.UNKNOWN
                || (state == PaymentState.SETTLING && (lapsed(other.now()) || settlingBefore(other.doubtFrom())));
        return open
                && request.payer().equals(other.payer())
                && other.sameRequest(request.requestDigest(), request.bodyDigest(), false);
    }

    private boolean settlingBefore(Instant doubtFrom) {
        return settlingSince != null && settlingSince.isBefore(millis(doubtFrom));
    }

    boolean owedTo(ClaimRequest other) {
        return runIsDue(other.now())
                && request.payer().equals(other.payer())
                && request.routeId().equals(other.routeId())
                && request.network().equals(other.network())
                && request.asset().equals(other.asset())
                && request.amount().compareTo(other.amount()) >= 0;
    }

    boolean standsOn(Row other, String transaction) {
        return receipt != null
                && request.network().equals(other.request.network())
                && canonical(receipt.transaction()).equals(canonical(transaction));
    }

    String canonical(String transaction) {
        return request.network().isEvm() ? transaction.toLowerCase(Locale.ROOT) : transaction;
    }

    PaymentRecord toRecord() {
        return new PaymentRecord(
                claim(),
                state,
                delivery,
                request.payer(),
                request.network(),
                request.asset(),
                request.amount(),
                request.payTo(),
                request.routeId(),
                request.priceVersion(),
                request.requestDigest(),
                request.bodyDigest(),
                millis(request.validBefore()),
                facilitator,
                payload,
                receipt,
                releases,
                reason,
                leaseUntil,
                owedUntil,
                createdAt,
                updatedAt);
    }

    static Instant millis(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }
}
