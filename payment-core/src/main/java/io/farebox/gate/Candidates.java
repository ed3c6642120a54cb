package io.farebox.gate;

import io.farebox.gate.Decision.Candidate;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a payment may be for. What is in force comes first; then what was in force a moment ago or is at another replica,
 * for the very same request, so that a payer who was asked for that is not asked again; then what carries our signature.
 */
final class Candidates {
    private final PriceList prices;
    private final OfferSeal seal;

    Candidates(PriceList prices, OfferSeal seal) {
        this.prices = prices;
        this.seal = seal;
    }

    /**
     * What the payment may be for, the best first; empty if nothing of its kind is sold.
     *
     * @param inForce what the request costs now; null if it is refused now
     */
    List<Candidate> of(
            GateRequest request, PaymentPayload payment, @Nullable Offer inForce, String resourceUrl, Instant now) {
        List<Candidate> found = new ArrayList<>(2);
        if (inForce != null) add(found, payment, inForce, inForce.accepts(), resourceUrl, now);
        // Version 2 says what it accepted. In version 1 equal amounts may be of other assets or last for another time.
        if (found.isEmpty() || payment.accepted() == null) {
            for (Offer other : prices.alsoOffered(request, now)) {
                Offer sold = inForce == null ? other : inForce.onTermsOf(other);
                add(found, payment, sold, sold.accepts(), resourceUrl, now);
            }
        }
        if (found.isEmpty() && inForce != null) addPublished(found, payment, inForce, resourceUrl, now);
        if (found.isEmpty() && inForce != null) addNearest(found, payment, inForce, resourceUrl, now);
        return best(found);
    }

    /**
     * What a transfer may be for.
     *
     * @param unmet why it can be for nothing, if there are no candidates
     */
    record Sold(List<Candidate> candidates, String unmet) {}

    /** What a transfer may be for: what its challenge was issued for, in one asset or another. */
    Sold ofTransfer(
            GateRequest request, PaymentPayload payment, @Nullable Offer inForce, TransferRail rail, Instant now) {
        if (!(payment.payload() instanceof SchemePayload.Transfer transfer)) return new Sold(List.of(), Terms.NO_MATCH);
        String digest = Digests.request(request.method(), request.fullPath(), request.query());
        String unmet = inForce == null ? TransferReasons.CHALLENGE : rail.unmet(transfer, inForce, digest, now);
        if (inForce != null && unmet == null) return sold(inForce, payment, rail);
        if (TransferReasons.CHALLENGE.equals(unmet)) {
            for (Offer other : prices.alsoOffered(request, now)) {
                if (rail.unmet(transfer, other, digest, now) != null) continue;
                return sold(inForce == null ? other : inForce.onTermsOf(other), payment, rail);
            }
        }
        return new Sold(List.of(), Objects.requireNonNull(unmet));
    }

    private static Sold sold(Offer offer, PaymentPayload payment, TransferRail rail) {
        List<Candidate> found = rail.accepted(offer, payment.network()).stream()
                .map(terms -> new Candidate(offer, terms, null))
                .toList();
        return new Sold(found, Terms.NO_MATCH);
    }

    /** Terms of which only our signature is known here. They must be for what is asked for now. */
    private void addPublished(
            List<Candidate> found, PaymentPayload payment, Offer inForce, String resourceUrl, Instant now) {
        PaymentRequirements accepted = payment.accepted();
        String version = accepted == null ? null : OfferSeal.version(accepted);
        if (accepted == null || version == null || !prices.mayBePublished(version, now)) return;
        if (!seal.isGenuine(accepted, inForce)) return;
        PaymentRequirements terms = OfferSeal.without(accepted);
        // What a payment must last for beyond the resource's time is the same in all versions of a route.
        long shorter = inForce.maxTimeoutSeconds() - terms.maxTimeoutSeconds();
        Duration timeout = inForce.timeout().minusSeconds(shorter);
        if (timeout.isNegative()) return;
        add(found, payment, inForce.onTermsOf(version, List.of(terms), timeout), List.of(terms), resourceUrl, now);
    }

    /** Not for the price in force, but of its kind: the book may know the payment, and then its terms do not matter. */
    private void addNearest(
            List<Candidate> found, PaymentPayload payment, Offer inForce, String resourceUrl, Instant now) {
        Matching.nearest(payment, inForce.accepts()).ifPresent(terms -> {
            String unmet = Terms.unmet(payment, terms, resourceUrl, now);
            boolean certain = prices.isUpToDate(now);
            found.add(new Candidate(inForce, terms, unmet == null || certain ? unmet : Reasons.PRICES_UNKNOWN));
        });
    }

    private static void add(
            List<Candidate> found,
            PaymentPayload payment,
            Offer sold,
            List<PaymentRequirements> accepts,
            String resourceUrl,
            Instant now) {
        for (PaymentRequirements terms : Matching.exact(payment, accepts)) {
            found.add(new Candidate(sold, terms, Terms.unmet(payment, terms, resourceUrl, now)));
        }
    }

    /** Those that are met, one of each asset: the rest would be tried in vain. If none is met, the first tells why. */
    private static List<Candidate> best(List<Candidate> found) {
        if (found.size() <= 1) return found;
        List<Candidate> met = new ArrayList<>(found.size());
        for (Candidate candidate : found) {
            if (candidate.unmet() == null && met.stream().noneMatch(other -> isOfOneAsset(other, candidate))) {
                met.add(candidate);
            }
        }
        return met.isEmpty() ? found.subList(0, 1) : met;
    }

    private static boolean isOfOneAsset(Candidate one, Candidate other) {
        return one.terms().asset().equals(other.terms().asset())
                && one.terms().payTo().equals(other.terms().payTo())
                && one.terms().extra().equals(other.terms().extra());
    }
}
