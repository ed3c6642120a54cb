package io.farebox.ledger;

import io.farebox.gate.Claim;
import io.farebox.gate.ClaimRequest;
import io.farebox.gate.PaymentRecord;
import java.time.Instant;

/**
 * A claim that is held elsewhere: the book has no row of it yet.
 *
 * @param updatedAt when its lease was last moved
 */
public record Unwritten(ClaimRequest request, Claim claim, Instant leaseUntil, Instant updatedAt) {
    /** A payment that the book has no row of, claimed under an id that nobody has used. */
    public static Unwritten of(ClaimRequest request, String id) {
        return new Unwritten(request, Row.entered(id, request).claim(), request.leaseUntil(), request.now());
    }

    public Unwritten renewed(Instant until, Instant now) {
        return new Unwritten(request, claim, until, now);
    }

    public boolean lapsed(Instant now) {
        return Millis.of(leaseUntil) <= Millis.of(now);
    }

    /** As if it were in the book. */
    public PaymentRecord toRecord() {
        return toRow().toRecord();
    }

    Row toRow() {
        Row row = Row.entered(claim.paymentId(), request);
        row.leaseUntil = Millis.of(leaseUntil);
        row.updatedAt = Millis.of(updatedAt);
        return row;
    }
}
