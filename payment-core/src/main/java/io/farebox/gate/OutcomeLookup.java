package io.farebox.gate;

import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.SettleResponse;

/** Port: asks the chain whether a payment was settled. May block; never throws. */
public interface OutcomeLookup {
    /** Looks a payment up. */
    Outcome lookUp(FacilitatorRequest request);

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
