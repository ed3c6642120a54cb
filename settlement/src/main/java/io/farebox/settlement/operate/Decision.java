package io.farebox.settlement.operate;

import org.jspecify.annotations.Nullable;

/**
 * What an operator decides about a payment.
 *
 * @param transaction of the charge or of the refund; null if none is named
 * @param by who decides
 * @param note why; may be empty
 */
public record Decision(Kind kind, @Nullable String transaction, String by, String note) {
    /** The decisions there are; see {@link io.farebox.gate.DeskAct}. */
    public enum Kind {
        CHARGED("charged"),
        NOT_CHARGED("not-charged"),
        REFUND_DUE("refund-due"),
        REFUNDED("refunded"),
        REVERSED("reversed");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As it is written in requests and on the command line. */
        public String word() {
            return word;
        }
    }
}
