package io.farebox.ledger;

import io.farebox.gate.ClaimResult;

/** What a claim would be answered, foreseen by reading alone. */
public sealed interface Prospect {
    /** This, and nothing would be written. */
    record Known(ClaimResult result) implements Prospect {}

    /** Claimed: the book has no row of it and nothing stands in its way. */
    record Fresh() implements Prospect {}

    /** It depends on a row that would be changed: only the claim itself can tell. */
    record Open() implements Prospect {}
}
