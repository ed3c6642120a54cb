package io.farebox.settlement.reconcile;

import io.farebox.gate.SettleVerdict;
import io.farebox.x402.SettleResponse;
import java.util.Set;

/**
 * What a no is worth after an attempt whose outcome is unknown. That attempt may be the reason for the no, so a no counts only
 * if it is said after the nonce was looked at and found unused.
 */
final class Denials {
    /** The reference facilitator says it only when the nonce is not the trouble. Older ones say insufficient_funds before. */
    private static final Set<String> NONCE_UNUSED = Set.of("invalid_exact_evm_insufficient_balance");

    private Denials() {}

    /**
     * Whether the no says that this payment has not been charged so far. Everything else does not: a used nonce; {@code
     * insufficient_funds}, which the charge itself may have caused; a bad signature, which is also said by a facilitator that
     * cannot reach its chain; an expired window, which is looked at before the nonce.
     */
    static boolean tells(SettleResponse no) {
        return !no.success() && no.transaction().isEmpty() && NONCE_UNUSED.contains(SettleVerdict.reason(no));
    }
}
