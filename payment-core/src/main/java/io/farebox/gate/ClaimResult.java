package io.farebox.gate;

import io.farebox.x402.SettleResponse;

/** The book's answer to a claim. */
public sealed interface ClaimResult {
    /** Yours alone. */
    record Claimed(Claim claim) implements ClaimResult {}

    /** The payer is owed a run, and this is it: deliver, do not settle. */
    record Owed(Claim claim, SettleResponse receipt) implements ClaimResult {}

    /** Another request is using this payment right now. */
    record InFlight() implements ClaimResult {}

    /** Its outcome, or that of the same payer's same request, is not known yet. */
    record InDoubt() implements ClaimResult {}

    /** Used up, by this request or another; the receipt is the original one. */
    record AlreadyPaid(SettleResponse receipt) implements ClaimResult {}

    /** The payer has named another request so. */
    record IdentifierTaken() implements ClaimResult {}

    /** Will never be accepted again: expired, or given back too often. */
    record Spent() implements ClaimResult {}

    /** A draw by a token that its balance does not cover beside the draws that are under way. */
    record Uncovered() implements ClaimResult {}

    /** Only for {@code knownOnly}: no such payment. */
    record NotKnown() implements ClaimResult {}
}
