package io.farebox.gate;

import io.farebox.x402.Network;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happens at the gate. Route ids come from the configuration and reasons are fixed codes, so both are safe
 * as labels; payers and transactions are not.
 */
public sealed interface GateEvent {
    /** The route concerned, or null if none matched. */
    @Nullable
    String routeId();

    /** A request passed without paying: a free or unpriced route, a known caller, or {@code mode: observe}. */
    record Passed(@Nullable String routeId, Why why) implements GateEvent {
        /** Why nothing was asked for. */
        public enum Why {
            FREE,
            UNPRICED,
            AUTHENTICATED,
            OBSERVED
        }
    }

    /** Refused before anything was priced or paid: an ambiguous target, a malformed or second payment. */
    record Rejected(@Nullable String routeId, int status, String reason) implements GateEvent {}

    /** Asked to pay. */
    record Challenged(String routeId) implements GateEvent {}

    /** Came with a payment. */
    record Attempted(String routeId, int version) implements GateEvent {}

    /** The payment was not accepted. */
    record Refused(String routeId, int version, int status, String reason) implements GateEvent {}

    /** Something that is needed was down, or the outcome is unknown. */
    record Unavailable(String routeId, String reason) implements GateEvent {}

    /** A payment was claimed. */
    record Claimed(String routeId, String paymentId) implements GateEvent {}

    /** A payer was granted a run that is owed. */
    record OwedRun(String routeId, String paymentId) implements GateEvent {}

    /** A facilitator answered {@code /verify}. */
    record Verified(String routeId, String facilitator, boolean valid, Duration took) implements GateEvent {}

    /** A facilitator gave no usable answer. */
    record FacilitatorFailed(String routeId, String facilitator, String reason) implements GateEvent {}

    /** A claim was given back uncharged. */
    record Released(String routeId, String paymentId, String reason) implements GateEvent {}

    /** Settlement is being asked for. */
    record Settling(String routeId, String paymentId, String facilitator) implements GateEvent {}

    /** Charged. */
    record Settled(
            String routeId,
            String paymentId,
            String facilitator,
            Network network,
            String asset,
            BigInteger amount,
            Duration took)
            implements GateEvent {}

    /** Certainly not charged. */
    record SettleFailed(String routeId, String paymentId, String facilitator, String reason) implements GateEvent {}

    /** Nobody can tell yet whether it was charged. */
    record SettleUnknown(String routeId, String paymentId, String facilitator, String reason) implements GateEvent {}

    /** Was charged, and the chain took it back, for good. */
    record Reversed(String routeId, String paymentId, Network network, String asset, BigInteger amount)
            implements GateEvent {}

    /** What was paid for arrived. */
    record Delivered(String routeId, String paymentId) implements GateEvent {}

    /** What was paid for did not arrive; the payer may have another run. */
    record Owed(String routeId, String paymentId, String reason) implements GateEvent {}

    /**
     * Another price list is in force: its configuration was changed, or what the facilitators support.
     *
     * @param priceVersion see {@link PriceVersion#id}; no label, there is always another one
     * @param changes how many prices, routes and other settings are not what they were
     */
    record PricesReloaded(String priceVersion, int changes) implements GateEvent {
        @Override
        public @Nullable String routeId() {
            return null;
        }
    }

    /**
     * A changed configuration was not taken, and the one before stays in force.
     *
     * @param reasons fixed codes, each once, sixteen at most: what is wrong with it, or {@code needs_restart}
     */
    record ReloadRefused(List<String> reasons) implements GateEvent {
        /** The reason for a change that only a restart can bring. */
        public static final String NEEDS_RESTART = "needs_restart";

        private static final int MOST = 16;

        public ReloadRefused {
            reasons = reasons.stream().distinct().limit(MOST).toList();
        }

        @Override
        public @Nullable String routeId() {
            return null;
        }
    }
}
