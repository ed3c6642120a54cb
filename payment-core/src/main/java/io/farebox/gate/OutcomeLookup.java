package io.farebox.gate;

import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.SettleResponse;
import java.time.Instant;

/** Port: asks the chain whether a payment was settled. May block; never throws. */
public interface OutcomeLookup {
    /** Looks a payment up. */
    Outcome lookUp(FacilitatorRequest request);

    /**
     * Looks a payment up of which it is known when it was first seen. Where a chain keeps no list of what was used, only that makes
     * sure that a payment can no longer happen.
     *
     * @param since it was not made later than this instant
     */
    default Outcome lookUp(FacilitatorRequest request, Instant since) {
        return lookUp(request);
    }

    /** Knows nothing: for networks without an RPC. */
    static OutcomeLookup none() {
        return request -> new Outcome.NotKnown();
    }

    /** What the chain says. */
    sealed interface Outcome {
        /** The payment reached the payee exactly; final. */
        record Happened(SettleResponse receipt) implements Outcome {}

        /** A final block later than the payment's window exists, and it did not happen. */
        record NeverHappened() implements Outcome {}

        /** Nobody could tell. */
        record NotKnown() implements Outcome {}
    }
}
