package io.farebox.gate;

import org.jspecify.annotations.Nullable;

/** Where a payment that no request is working on can be found again. */
public enum Shelf {
    /** Nobody can tell yet whether it was charged. */
    UNKNOWN,
    /** Charged; its payer may fetch a run. */
    OWED,
    /** Charged, and not delivered in time. */
    REFUND_DUE,
    /** Was charged, and the chain took it back. */
    REVERSED,
    /** Charged and delivered, or refunded: at rest. */
    PAID,
    /** Released, failed or expired: at rest, never charged. */
    UNPAID;

    /** The shelf of a payment in these states; null while a request or the reconciler works on it. */
    public static @Nullable Shelf of(PaymentState state, DeliveryState delivery) {
        return switch (state) {
            case CLAIMED, SETTLING -> null;
            case UNKNOWN -> UNKNOWN;
            case SETTLED ->
                switch (delivery) {
                    case OWED -> OWED;
                    case COMPLETE -> PAID;
                    case NONE, RUNNING -> null;
                };
            case RELEASED, FAILED, EXPIRED -> UNPAID;
            case REVERSED -> REVERSED;
            case REFUND_DUE -> REFUND_DUE;
            case REFUNDED -> PAID;
        };
    }

    /** Whether a person may have to do something. */
    public boolean isOpen() {
        return switch (this) {
            case UNKNOWN, OWED, REFUND_DUE, REVERSED -> true;
            case PAID, UNPAID -> false;
        };
    }
}
