package io.farebox.app.command.audit;

import java.math.BigInteger;

/**
 * A payment as the book tells it. Addresses of EVM chains and hashes are in lower case.
 *
 * @param key its identity; of an erased payer a pseudonym
 * @param state of the payment
 * @param transaction in which it was charged; empty if it was not
 */
public record BookRow(
        String id,
        String key,
        String state,
        String network,
        String asset,
        BigInteger amount,
        String payTo,
        String transaction) {
    /** The state of one that its payer has made himself, as a transfer: it is on a balance and no payment. */
    static final String TRANSFERRED = "TRANSFERRED";

    private static final String ERASED = "erased:";

    /** Whether the book counts it as money that we have, or had and gave back ourselves. */
    boolean isCharged() {
        return switch (state) {
            case "SETTLED", "REFUND_DUE", "REFUNDED" -> true;
            default -> false;
        };
    }

    /** Whether its outcome is still to be found out. */
    boolean isOpen() {
        return switch (state) {
            case "CLAIMED", "SETTLING", "UNKNOWN" -> true;
            default -> false;
        };
    }

    boolean isTransferred() {
        return state.equals(TRANSFERRED);
    }

    boolean isErased() {
        return key.startsWith(ERASED);
    }
}
