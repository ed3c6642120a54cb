package io.farebox.gate;

import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import java.time.Duration;

/**
 * Port: finds out whose a transfer is and puts it on that payer's balance. Bounds how much it asks of a chain at once. May block;
 * never throws.
 */
public interface Transfers {
    /**
     * Takes a transfer, or finds it taken already.
     *
     * @param transfer as a stranger sent it, but for the challenge in its proof: that is ours, and for this request
     * @param terms the network, asset and payee that it must be of
     */
    Taken take(SchemePayload.Transfer transfer, PaymentRequirements terms);

    /** Takes none. */
    static Transfers none() {
        return (transfer, terms) -> new Taken.Refused(TransferReasons.NOT_TAKEN);
    }

    /** What became of it. */
    sealed interface Taken {
        /** It is on the balance of this payer, canonical; how much is left there is another question. */
        record Credited(String payer) implements Taken {}

        /** It is not, for a reason of {@link TransferReasons}. */
        record Refused(String reason) implements Taken {}

        /** Nobody could tell. @param reason fixed code */
        record Unavailable(String reason, Duration retryAfter) implements Taken {}
    }
}
