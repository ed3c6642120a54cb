package io.farebox.pricing;

import io.farebox.x402.PaymentRequirements;
import java.util.Optional;

/**
 * Completes what configuration alone cannot know: what the facilitators of a route say in {@code /supported}, such as the
 * {@code feePayer} that Solana needs. Called once per price and asset when a price book is made, never for a request.
 */
@FunctionalInterface
public interface Completion {
    /** Leaves everything as configured. */
    Completion NONE = (requirements, route) -> Optional.of(requirements);

    /**
     * The requirements with everything in their {@code extra} that a client needs, or empty if no facilitator of the route
     * supports them now: the offer then goes without them.
     */
    Optional<PaymentRequirements> complete(PaymentRequirements requirements, RouteConfig route);

    /** Whether a transfer of the payer's own could meet the requirements, even if no facilitator supports them. */
    default boolean isTransferable(PaymentRequirements requirements, RouteConfig route) {
        return true;
    }
}
