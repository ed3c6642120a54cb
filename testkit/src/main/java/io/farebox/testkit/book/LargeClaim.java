package io.farebox.testkit.book;

import io.farebox.gate.ClaimRequest;
import java.math.BigInteger;
import java.time.Instant;

/** Claims with numbers as large as a payer may sign. */
final class LargeClaim {
    private LargeClaim() {}

    static ClaimRequest of(SampleClaim sample, BigInteger amount) {
        return with(sample.toRequest(), amount, sample.toRequest().validBefore());
    }

    static ClaimRequest endless(SampleClaim sample) {
        return with(sample.toRequest(), BigInteger.ONE, Instant.MAX);
    }

    private static ClaimRequest with(ClaimRequest like, BigInteger amount, Instant validBefore) {
        return new ClaimRequest(
                like.key(),
                like.payer(),
                like.network(),
                like.asset(),
                amount,
                like.payTo(),
                like.routeId(),
                like.priceVersion(),
                like.requestDigest(),
                like.bodyDigest(),
                like.identifier(),
                validBefore,
                like.payload(),
                like.owner(),
                like.leaseUntil(),
                like.now(),
                like.graceFrom(),
                like.doubtFrom(),
                like.maxReleases(),
                like.knownOnly());
    }
}
