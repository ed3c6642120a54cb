package io.farebox.gate;

import io.farebox.x402.SettleResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Port: the book of payments, the one place that says what became of each. Every method is atomic and durable when it
 * returns; every transition is a compare-and-set on the claim's fence, so a claimant that lost its row changes nothing. All
 * methods may block and are safe for concurrent use; all throw {@link BookUnavailableException} when the outcome of the write
 * is not certain.
 *
 * <p>States and their transitions are {@link PaymentState} and {@link DeliveryState}.
 */
public interface Book {
    /**
     * Claims the exclusive right to use a payment. Exactly one of any number of concurrent claims of one key is answered
     * {@link ClaimResult.Claimed}. In this order:
     *
     * <ol>
     *   <li>A row with the request's key: CLAIMED within its lease or SETTLING → {@code InFlight}; UNKNOWN →
     *       {@code InDoubt}; SETTLED with delivery OWED, same request digest, settled no longer ago than
     *       {@code graceFrom} → {@code Owed} on that row; any other SETTLED, REVERSED, REFUND_DUE → {@code AlreadyPaid};
     *       EXPIRED → {@code Spent}; RELEASED, FAILED, or CLAIMED beyond its lease → {@code Spent} after
     *       {@code maxReleases} releases, otherwise it is claimed anew (unless {@code knownOnly}) after steps 2 and 3.
     *   <li>A row of the same payer that is in doubt ({@code UNKNOWN}, or {@code SETTLING} since before
     *       {@code doubtFrom}) for the same request, see {@link ClaimRequest#sameRequest} → {@code InDoubt}.
     *   <li>A row of the same payer, route, network and asset that is SETTLED with delivery OWED not lapsed, and an amount of
     *       at least this one's → {@code Owed}: that row's delivery becomes RUNNING under this claim's owner and lease. The
     *       new payment itself is not entered: it stays unspent. The oldest goes first.
     *   <li>{@code knownOnly} → {@code NotKnown}; otherwise a new row, CLAIMED.
     * </ol>
     */
    ClaimResult claim(ClaimRequest request);

    /**
     * CLAIMED → SETTLING, before anything is sent; again on a SETTLING row of the same fence when the facilitator that it
     * names was certainly not reached and another is asked.
     *
     * @param facilitator who will be asked
     * @param until when the reconciler may take the row over
     * @return false if the claim was lost; then nothing may be sent
     */
    boolean settling(Claim claim, String facilitator, Instant until, Instant now);

    /**
     * SETTLING or UNKNOWN → SETTLED with the given delivery, RUNNING for a living request and OWED for the reconciler.
     *
     * @param owedUntil when what is owed lapses; kept for RUNNING too, in case the run breaks off
     */
    SettledResult settled(Claim claim, SettleResponse receipt, DeliveryState delivery, Instant owedUntil, Instant now);

    /** SETTLING → UNKNOWN; {@code until} as in {@link #settling}. Also moves {@code until} of an UNKNOWN row. */
    boolean unknown(Claim claim, String reason, Instant until, Instant now);

    /** SETTLING or UNKNOWN → FAILED: certainly not charged. The payload is redacted. */
    boolean failed(Claim claim, String reason, Instant now);

    /** UNKNOWN → EXPIRED: it can never be charged any more. The payload is redacted. */
    boolean expired(Claim claim, Instant now);

    /** CLAIMED → RELEASED: nothing was sent, nothing is charged. Counts towards {@code maxReleases}. */
    boolean released(Claim claim, String reason, Instant now);

    /** Delivery RUNNING → COMPLETE. */
    boolean delivered(Claim claim, Instant now);

    /** Delivery RUNNING → OWED: what was paid for did not arrive. */
    boolean owed(Claim claim, Instant now);

    /** The row with this key. */
    Optional<PaymentRecord> find(String key);

    /**
     * Takes over rows whose living request is gone: SETTLING, UNKNOWN, CLAIMED or delivery RUNNING beyond their lease. Each
     * returned row has a new fence and a lease until {@code until}, so that no other worker gets it.
     */
    List<PaymentRecord> takeOver(String owner, Instant until, Instant now, int limit);

    /** SETTLED rows whose {@code owedUntil} has passed become REFUND_DUE. Returns how many. */
    int lapseOwed(Instant now);
}
