package io.farebox.x402;

import org.jspecify.annotations.Nullable;

/**
 * A facilitator's answer to {@code /settle}, and the receipt that a client gets.
 *
 * @param success whether the payment is settled
 * @param errorReason an open vocabulary; untrusted text
 * @param payer who paid, if known
 * @param transaction hash or signature of the settling transaction; empty if there is none
 * @param network where; null only if a failing facilitator left it out
 */
public record SettleResponse(
        boolean success,
        @Nullable String errorReason,
        @Nullable String payer,
        String transaction,
        @Nullable Network network) {
    /** The reason with which a facilitator says that a transaction is on its way but not confirmed. */
    public static final String PENDING = "settlement_pending";

    public boolean isPending() {
        return !success && PENDING.equals(errorReason);
    }
}
