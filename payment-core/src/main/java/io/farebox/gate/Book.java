package io.farebox.gate;

import io.farebox.x402.SettleResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Port: the book of payments, the one place that says what became of each. Every method is atomic and durable when it
 * returns; every transition is a compare-and-set on the claim's fence, so a claimant that lost its row changes nothing. All
 * methods may block and are safe for concurrent use; all throw {@link BookUnavailableException} when the outcome of the write
 * is not certain. Then a transition may be made again with the same claim: one that was already made by this claim answers as
 * it did the first time, and so is a claim that is made again under the same {@link ClaimRequest#owner}.
 *
 * <p>A lease holds until its instant and has lapsed at it. Times are kept to the millisecond. States and their transitions are
 * {@link PaymentState} and {@link DeliveryState}. What people do with the book is in {@link BookDesk}.
 */
public interface Book {
    /** After so long without another one, a payer's refusals are forgotten. */
    Duration REFUSALS_KEPT = Duration.ofHours(1);

    /** Of so many payers refusals are kept at least; of more, those of the longest quiet ones are forgotten. */
    int REFUSALS_OF = 10_000;

    /**
     * Claims the exclusive right to use a payment. Exactly one of any number of concurrent claims of one key is answered
     * {@link ClaimResult.Claimed}. In this order:
     *
     * <ol>
     *   <li>What this very claim ({@link ClaimRequest#owner}) holds already, within its lease → {@code Claimed} or {@code Owed}.
     *   <li>A row with the request's key: CLAIMED within its lease or SETTLING → {@code InFlight}; UNKNOWN →
     *       {@code InDoubt}; SETTLED with a run that is due (delivery OWED, or RUNNING beyond its lease, and not lapsed), the
     *       same request digests, and settled at or after {@code graceFrom} → {@code Owed} on that row; any other SETTLED,
     *       REVERSED, REFUND_DUE, REFUNDED → {@code AlreadyPaid}; EXPIRED → {@code Spent}; RELEASED, FAILED, or CLAIMED beyond its
     *       lease (which counts as one more release) → {@code Spent} after {@code maxReleases} releases, otherwise it is
     *       claimed anew after the next steps, and everything that came with the earlier claim is replaced.
     *   <li>A row whose owed run was fetched with this key (step 5): RUNNING within its lease → {@code InFlight}; COMPLETE →
     *       {@code AlreadyPaid} with that row's receipt. One payment is good for one answer, even one that is not charged.
     *   <li>A row of the same payer that is in doubt ({@code UNKNOWN}, or {@code SETTLING} since before
     *       {@code doubtFrom}, or {@code SETTLING} and its living request is gone: beyond its lease or taken over) for the
     *       same request, see {@link ClaimRequest#sameRequest} → {@code InDoubt}.
     *   <li>{@code knownOnly} → {@code NotKnown}. It comes before the next step: whoever reads any authorization of the payer
     *       from a chain could otherwise take what the payer is owed.
     *   <li>The payer gave the request's identifier to another request (method, path, query, body) in the last day →
     *       {@code IdentifierTaken}; to the same one, and that one's row is CLAIMED within its lease, SETTLING, or RUNNING
     *       within its lease → {@code InFlight}; UNKNOWN → {@code InDoubt}; has a run that is due → {@code Owed} on that row;
     *       settled otherwise → {@code AlreadyPaid}. If that row came to nothing, the identifier goes on to this payment.
     *   <li>A row of the same payer, route, network and asset with a run that is due and an amount of at least this one's →
     *       {@code Owed}: that row's delivery becomes RUNNING under this claim's lease and a new fence. The new payment itself
     *       is not entered: it stays unspent. The one settled first goes first.
     *   <li>A draw by a token ({@link ClaimRequest#isDraw}) whose balance ({@link Balances}) is less than it and the payer's draws on
     *       the same balance together that are CLAIMED within their lease, or SETTLING or UNKNOWN and not taken yet → {@code
     *       Uncovered}. So what is claimed is reserved, until it is taken or the claim ends, however it ends.
     *   <li>A new row, CLAIMED.
     * </ol>
     */
    ClaimResult claim(ClaimRequest request);

    /**
     * Moves the lease of a row that is CLAIMED, SETTLING or UNKNOWN, or whose delivery is RUNNING: a sign of life of a request that
     * takes longer.
     *
     * @return false if the claim was lost
     */
    boolean renew(Claim claim, Instant until, Instant now);

    /**
     * CLAIMED → SETTLING, before anything is sent. Again with the same claim while SETTLING: names the facilitator that will
     * be asked next, because the one before was certainly not reached.
     *
     * @param facilitator who will be asked
     * @param until when the reconciler may take the row over; holds on for the delivery, see {@link #renew}
     * @return false if the claim was lost; then nothing may be sent
     */
    boolean settling(Claim claim, String facilitator, Instant until, Instant now);

    /**
     * SETTLING or UNKNOWN → SETTLED with the given delivery, RUNNING for a living request and OWED for the reconciler. The
     * payload is redacted.
     *
     * @param receipt a success; its network is taken to be the row's, an error reason is dropped. Transactions are compared
     *     canonically, and an empty one is never a duplicate: the gate refuses it before
     * @param owedUntil when what is owed lapses; kept for RUNNING too, in case the run breaks off
     */
    SettledResult settled(Claim claim, SettleResponse receipt, DeliveryState delivery, Instant owedUntil, Instant now);

    /**
     * As {@link #settled}, after the chain itself has shown this very payment in the receipt's transaction. Several payments
     * may share one, as batches do, so this never answers {@link SettledResult#DUPLICATE_TRANSACTION}.
     */
    SettledResult settledOnChain(
            Claim claim, SettleResponse receipt, DeliveryState delivery, Instant owedUntil, Instant now);

    /** SETTLING → UNKNOWN; {@code until} as in {@link #settling}. Also moves {@code until} of an UNKNOWN row. */
    boolean unknown(Claim claim, String reason, Instant until, Instant now);

    /**
     * SETTLING or UNKNOWN → FAILED: certainly not charged. The payload is redacted. Counts towards {@code maxReleases}, so
     * that a payment which never settles cannot run a resource for ever.
     */
    boolean failed(Claim claim, String reason, Instant now);

    /** UNKNOWN or CLAIMED → EXPIRED: it can never be charged any more. The payload is redacted. */
    boolean expired(Claim claim, Instant now);

    /**
     * CLAIMED → RELEASED: nothing was sent, nothing is charged. The payload is redacted, since an unspent authorization is as
     * good as money. Counts towards {@code maxReleases}. An owed run that was not used is given back by it too: as
     * {@link #owed}.
     */
    boolean released(Claim claim, String reason, Instant now);

    /** Delivery RUNNING → COMPLETE. */
    boolean delivered(Claim claim, Instant now);

    /** Delivery RUNNING → OWED: what was paid for did not arrive. */
    boolean owed(Claim claim, Instant now);

    /** The row with this key. */
    Optional<PaymentRecord> find(String key);

    /**
     * Takes over rows whose living request is gone: SETTLING, UNKNOWN, CLAIMED or delivery RUNNING beyond their lease, the
     * longest lapsed first. Each returned row is in the state it was in and has a new fence and a lease until {@code until},
     * so that no other worker gets it. Deliveries should be put back to OWED first: it is quick, and their payers may be
     * waiting.
     */
    List<PaymentRecord> takeOver(String owner, Instant until, Instant now, int limit);

    /** Counts a payment of this payer that a facilitator refused to settle. */
    void countRefusal(String payer, Instant now);

    /** Payers of whom at least so many refusals are kept; at most {@link #REFUSALS_OF} of them. */
    Set<String> refusedPayers(int atLeast, Instant now);

    /**
     * SETTLED rows with delivery OWED whose {@code owedUntil} has come become REFUND_DUE. Identifiers that were given more than a
     * day ago are forgotten, and refusals as {@link #REFUSALS_KEPT} and {@link #REFUSALS_OF} say.
     *
     * @return how many refunds are due now that were not
     */
    int lapseOwed(Instant now);
}
