package io.farebox.gate;

/** Why a transfer is not taken: the codes of the transfer rail, for challenges, reports and labels. */
public final class TransferReasons {
    /** No transfers are taken here. */
    public static final String NOT_TAKEN = "transfer_not_taken";

    /** The headers are not in their form. */
    public static final String MALFORMED = "invalid_transfer";

    /** {@code X-PAYMENT-PROOF} is missing. */
    public static final String PROOF_REQUIRED = "transfer_proof_required";

    /** The proof is not the signature of whoever sent the transfer. */
    public static final String PROOF_INVALID = "transfer_proof_invalid";

    /** The challenge is not ours, not for this request or price, or its time is over. */
    public static final String CHALLENGE = "transfer_challenge_unknown";

    /** The chain knows no such transaction: not sent, dropped, or of another chain. */
    public static final String NOT_FOUND = "transfer_not_found";

    /** Not in a block, or not deep enough. */
    public static final String PENDING = "transfer_pending";

    /** The transaction failed. */
    public static final String REVERTED = "transfer_reverted";

    /** It is older than is taken. */
    public static final String TOO_OLD = "transfer_too_old";

    /** The asset was not transferred: another contract says so, or nobody. */
    public static final String WRONG_ASSET = "transfer_wrong_asset";

    /** Somebody else was paid. */
    public static final String WRONG_PAYEE = "transfer_wrong_payee";

    /** Somebody else has paid. */
    public static final String WRONG_PAYER = "transfer_wrong_payer";

    /** Less was transferred than the smallest transfer that is taken. */
    public static final String UNDERPAID = "transfer_underpaid";

    /** It is the settlement of a signed payment. */
    public static final String IS_PAYMENT = "transfer_is_a_payment";

    /** In the book, of a signed payment that its payer has made as a transfer: it can be charged no more. */
    public static final String TRANSFERRED = "transferred";

    /** No node could be asked about it. */
    public static final String CHAIN_DOWN = "chain_unavailable";

    /** Too many are being asked about at once. */
    public static final String BUSY = Reasons.BUSY;

    private TransferReasons() {}
}
