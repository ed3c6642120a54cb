package io.farebox.settlement.reconcile;

import io.farebox.gate.SettleVerdict;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SettleResponse;
import java.util.Locale;

/**
 * What a no is worth after an attempt whose outcome is unknown. That attempt may be the reason for the no, so a no counts only
 * if it could not be said of a payment that went through.
 */
final class Denials {
    private Denials() {}

    /**
     * Whether the no says something of this payment's own state. Not so: a used nonce and the like ({@link SettleVerdict});
     * {@code insufficient_funds}, which older facilitators say before they look at the nonce, so the charge itself may have
     * emptied the account; a bad signature, since ours was checked before: a facilitator says so when it cannot reach its
     * chain.
     */
    static boolean tells(SettleResponse no, PaymentRequirements asked, String payer) {
        if (SettleVerdict.of(no, asked, payer) != SettleVerdict.NOT_CHARGED) return false;
        String reason = SettleVerdict.reason(no).toLowerCase(Locale.ROOT);
        return !reason.equals("insufficient_funds") && !reason.contains("signature");
    }
}
