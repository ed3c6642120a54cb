package io.farebox.gate;

import io.farebox.x402.Network;
import java.time.Instant;
import java.util.Set;

/** Port: asks the chain whether a charged payment stays charged. May block; never throws; thread-safe. */
public interface FinalityLookup {
    /** Where it can look. */
    Set<Network> networks();

    /** Looks at a payment that was charged on one of these networks. */
    Standing lookAgain(PaymentRecord charged);

    /** What the chain says. */
    sealed interface Standing {
        /** The transfer is in a block that can not be undone. */
        record Final() implements Standing {}

        /**
         * The transfer is in a block that can still be undone.
         *
         * @param minedAt the time of that block
         * @param finalUpTo the time of the newest block that can not be undone
         */
        record Waiting(Instant minedAt, Instant finalUpTo) implements Standing {}

        /** As of a block that can not be undone the payment has not happened and can not happen any more. Everybody asked agrees. */
        record Undone() implements Standing {}

        /** Nobody could tell, or not for certain. */
        record NotKnown() implements Standing {}

        /** Nothing on a chain belongs to it: it was paid from a balance, say. */
        record OffChain() implements Standing {}
    }
}
