package io.farebox.gate;

/** What became of an operator's step. */
public sealed interface DeskResult {
    /** Taken, and written down. @param row as it is now */
    record Done(PaymentRecord row) implements DeskResult {}

    /** It was so before; nothing was written. */
    record Already(PaymentRecord row) implements DeskResult {}

    /** Nothing was changed. */
    record Refused(Why why, PaymentRecord row) implements DeskResult {}

    /** There is no such payment. */
    record NotFound() implements DeskResult {}

    /** Why a step was not taken. */
    enum Why {
        /** The payment is in another state. */
        WRONG_STATE,
        /** It can still be charged, so nobody can know that it is not. */
        WINDOW_OPEN,
        /** Another payment stands on that transaction, and the chain was not seen to say otherwise. */
        DUPLICATE_TRANSACTION,
        /** It was charged, or refunded, in another transaction. */
        OTHER_TRANSACTION
    }
}
