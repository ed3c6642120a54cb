package io.farebox.gate;

/** What became of an {@link Erasure}. */
public sealed interface ErasureResult {
    /**
     * The payer's name was taken off these payments.
     *
     * @param rows how many; as many as the limit if more may be left
     * @param tooYoung whether the payer has others that are at rest since too short a time
     */
    record Erased(int rows, boolean tooYoung) implements ErasureResult {}

    /** Nothing was changed: something of this payer is under way, unknown, owed or to be refunded. */
    record StillOpen() implements ErasureResult {}
}
