package io.farebox.gate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step that an operator takes with one payment.
 *
 * @param proven whether the chain has shown it; otherwise it is the operator's word
 * @param windowsOver a payment whose window ended at or before this instant can certainly not be charged any more
 * @param by who says so
 * @param note why; for people
 */
public record DeskAct(
        String paymentId, Change change, boolean proven, Instant windowsOver, Instant now, String by, String note) {
    /** What becomes of the payment. */
    public sealed interface Change {
        /** Names it in the list of entries and for people. */
        String name();

        /** The transaction that it rests on; null if there is none. */
        default @Nullable String reference() {
            return null;
        }
    }

    /**
     * UNKNOWN → SETTLED, delivery OWED. An operator's word is not taken for a transaction that another payment stands on.
     *
     * @param transaction in which it was charged
     * @param owedUntil when what is owed lapses
     */
    public record Charged(String transaction, Instant owedUntil) implements Change {
        @Override
        public String name() {
            return "charged";
        }

        @Override
        public String reference() {
            return transaction;
        }
    }

    /** UNKNOWN → FAILED. An operator's word is taken only once the payment's window is over. */
    public record NotCharged() implements Change {
        @Override
        public String name() {
            return "not-charged";
        }
    }

    /** SETTLED with delivery OWED → REFUND_DUE: the payer shall have the money back and not the run. */
    public record RefundDue() implements Change {
        @Override
        public String name() {
            return "refund-due";
        }
    }

    /** REFUND_DUE → REFUNDED. @param transaction of the refund, or what else tells it; as text */
    public record Refunded(String transaction) implements Change {
        @Override
        public String name() {
            return "refunded";
        }

        @Override
        public String reference() {
            return transaction;
        }
    }

    /** SETTLED → REVERSED: the chain took the charge back. Nothing is owed any more. */
    public record Reversed() implements Change {
        @Override
        public String name() {
            return "reversed";
        }
    }
}
