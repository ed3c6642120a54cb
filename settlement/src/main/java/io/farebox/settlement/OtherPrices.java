package io.farebox.settlement;

import io.farebox.gate.Offer;
import io.farebox.pricing.PublishedPrices;
import java.time.Instant;

/**
 * Prices that count beside those in force: of a version that was replaced a moment ago, or that another replica offers.
 *
 * @param version see {@link io.farebox.gate.PriceVersion#id}
 * @param offeredUntil as far as that is known
 */
record OtherPrices(String version, String digest, PublishedPrices prices, Instant offeredUntil) {
    /** Whether a payment for one of these prices is not too late. */
    boolean isPayable(Offer offer, Instant now) {
        // All terms of an offer last equally long.
        return now.isBefore(offeredUntil.plusSeconds(offer.maxTimeoutSeconds()));
    }

    boolean isOver(Instant now) {
        return !now.isBefore(offeredUntil.plus(prices.longest()));
    }

    /** Equal prices under two names: the later name, and the later end. */
    OtherPrices and(OtherPrices same) {
        return new OtherPrices(
                version.compareTo(same.version) >= 0 ? version : same.version,
                digest,
                prices,
                offeredUntil.isAfter(same.offeredUntil) ? offeredUntil : same.offeredUntil);
    }
}
