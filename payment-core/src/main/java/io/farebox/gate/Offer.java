package io.farebox.gate;

import io.farebox.x402.Discovery;
import io.farebox.x402.PaymentRequirements;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a priced request costs and how it may be paid. Made once per route and price when a price list is loaded, then shared
 * by all requests: a challenge is rendered from it ahead of time. Immutable.
 *
 * @param routeId the route's id in the price list
 * @param rule which of the route's prices this is: empty for its only or default price, otherwise a digest of the conditions;
 *     with the route's id it names what is priced, whatever that costs
 * @param priceVersion names the loaded price list, for reports and signed offers; see {@link PriceVersion#id}
 * @param description for people, in the challenge; may be empty
 * @param mimeType of the answer, in the challenge; may be empty
 * @param price as a person reads it, such as {@code $0.01}
 * @param accepts ways to pay by a signed payment, in order of our preference
 * @param direct terms that nobody would settle, but a transfer of the payer's own can meet; not both lists are empty
 * @param facilitators ids of those that verify and settle, in order of priority; empty for all
 * @param flow when settlement happens
 * @param timeout how long the resource may take
 * @param chargeBelow answers with a status below this are charged; 400 unless configured
 * @param verifyLocal whether a complete local check replaces the facilitator's verify
 * @param freeForAuthenticated whether callers that the host knows pass without paying
 * @param discovery what catalogues are told of the route, or null
 * @param bundle what is sold, if it is not a run of the route but requests to others, paid ahead; null otherwise
 * @param bundles what a token can be bought with that pays for the route
 */
public record Offer(
        String routeId,
        String rule,
        String priceVersion,
        String description,
        String mimeType,
        String price,
        List<PaymentRequirements> accepts,
        List<PaymentRequirements> direct,
        List<String> facilitators,
        Flow flow,
        Duration timeout,
        int chargeBelow,
        boolean verifyLocal,
        boolean freeForAuthenticated,
        @Nullable Discovery discovery,
        @Nullable Bundle bundle,
        List<Bundle> bundles) {
    public Offer {
        bundles = List.copyOf(bundles);
        accepts = List.copyOf(accepts);
        direct = List.copyOf(direct);
        facilitators = List.copyOf(facilitators);
        if (accepts.isEmpty() && direct.isEmpty())
            throw new IllegalArgumentException("route " + routeId + " accepts nothing");
    }

    /** The offer of a run of a route that no bundle is sold for. */
    public Offer(
            String routeId,
            String rule,
            String priceVersion,
            String description,
            String mimeType,
            String price,
            List<PaymentRequirements> accepts,
            List<String> facilitators,
            Flow flow,
            Duration timeout,
            int chargeBelow,
            boolean verifyLocal,
            boolean freeForAuthenticated,
            @Nullable Discovery discovery) {
        this(
                routeId,
                rule,
                priceVersion,
                description,
                mimeType,
                price,
                accepts,
                List.of(),
                facilitators,
                flow,
                timeout,
                chargeBelow,
                verifyLocal,
                freeForAuthenticated,
                discovery,
                null,
                List.of());
    }

    /** The offer of a route that has one price and tells catalogues nothing. */
    public Offer(
            String routeId,
            String priceVersion,
            String description,
            String mimeType,
            String price,
            List<PaymentRequirements> accepts,
            List<String> facilitators,
            Flow flow,
            Duration timeout,
            int chargeBelow,
            boolean verifyLocal,
            boolean freeForAuthenticated) {
        this(
                routeId,
                "",
                priceVersion,
                description,
                mimeType,
                price,
                accepts,
                facilitators,
                flow,
                timeout,
                chargeBelow,
                verifyLocal,
                freeForAuthenticated,
                null);
    }

    /** All terms, whether a signed payment can meet them or a transfer alone. */
    public List<PaymentRequirements> all() {
        if (direct.isEmpty()) return accepts;
        List<PaymentRequirements> all = new ArrayList<>(accepts);
        all.addAll(direct);
        return all;
    }

    /** How long a payment for this must last: the same for all terms of a route. */
    public long maxTimeoutSeconds() {
        return (accepts.isEmpty() ? direct : accepts).getFirst().maxTimeoutSeconds();
    }

    /** This offer on the terms of another, see {@link #onTermsOf(String, List, Duration)}. */
    Offer onTermsOf(Offer other) {
        return onTermsOf(other.priceVersion, other.accepts, other.direct, other.timeout);
    }

    /**
     * This offer on the terms of another version: what its payer was told there, and everything else as it is here. The
     * resource gets the shorter time of both, because that is what the payment's validity leaves.
     */
    Offer onTermsOf(String version, List<PaymentRequirements> terms, Duration longest) {
        return onTermsOf(version, terms, List.of(), longest);
    }

    private Offer onTermsOf(
            String version, List<PaymentRequirements> terms, List<PaymentRequirements> directTerms, Duration longest) {
        return new Offer(
                routeId,
                rule,
                version,
                description,
                mimeType,
                price,
                terms,
                directTerms,
                facilitators,
                flow,
                longest.compareTo(timeout) < 0 ? longest : timeout,
                chargeBelow,
                verifyLocal,
                freeForAuthenticated,
                discovery,
                bundle,
                bundles);
    }

    /** An offer is itself: two price lists may hold equal ones, and a map of offers must not hash them member by member. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
