package io.farebox.gate;

import io.farebox.x402.Network;
import io.farebox.x402.PaymentIdentity;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the book needs to know to claim a payment.
 *
 * @param key the payment's identity, from decoded values
 * @param payer canonical address of who pays, already proven
 * @param amount what the request costs now, in atomic units; never what the payment says where the two differ
 * @param requestDigest digest of method, path, query, and which of a route's prices it has
 * @param bodyDigest digest of the body, or null if it was too long to be read; see {@link #sameRequest}
 * @param identifier the client's own name for its request ({@code payment-identifier}), or null
 * @param validBefore until when the payment can be charged
 * @param payload the facilitator request as text, for the reconciler; redacted when the row is terminal
 * @param owner names this claim and no other one: a claim whose answer was lost is made again under the same
 * @param leaseUntil until when the claim holds without a sign of life
 * @param graceFrom a settled header is honoured again if it settled at or after this instant
 * @param doubtFrom a settlement under way since before this instant counts as in doubt
 * @param maxReleases how often a payment may be given back
 * @param knownOnly the payment's terms are not met: look, but neither enter it nor fetch with it what is owed
 */
public record ClaimRequest(
        String key,
        String payer,
        Network network,
        String asset,
        BigInteger amount,
        String payTo,
        String routeId,
        String priceVersion,
        String requestDigest,
        @Nullable String bodyDigest,
        @Nullable String identifier,
        Instant validBefore,
        String payload,
        String owner,
        Instant leaseUntil,
        Instant now,
        Instant graceFrom,
        Instant doubtFrom,
        int maxReleases,
        boolean knownOnly) {
    /** Whether it is a draw by a token, whose balance must cover it: see {@link Book#claim}. */
    public boolean isDraw() {
        return PaymentIdentity.isDraw(key);
    }

    /** The balance that a draw is taken from. */
    public Account account() {
        return new Account(network, asset, payTo, payer);
    }

    /** The same claim, to learn what it holds: it enters nothing. */
    ClaimRequest again(Instant at) {
        return new ClaimRequest(
                key,
                payer,
                network,
                asset,
                amount,
                payTo,
                routeId,
                priceVersion,
                requestDigest,
                bodyDigest,
                identifier,
                validBefore,
                payload,
                owner,
                leaseUntil,
                at,
                graceFrom,
                doubtFrom,
                maxReleases,
                true);
    }

    /**
     * Whether a row was made by the same request. A body that was not read counts as the same when in doubt ({@code strict}
     * false) and as another when a payment would be honoured again ({@code strict} true).
     */
    public boolean sameRequest(String otherRequestDigest, @Nullable String otherBodyDigest, boolean strict) {
        if (!requestDigest.equals(otherRequestDigest)) return false;
        if (bodyDigest == null || otherBodyDigest == null) return !strict;
        return bodyDigest.equals(otherBodyDigest);
    }
}
