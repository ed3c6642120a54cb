package io.farebox.gate;

import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.StoredPayment;
import io.farebox.x402.v2.PaymentIdentifier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the book is told of a payment that is to be claimed. */
final class ClaimRequests {
    private final GateSettings settings;
    private final InstantSource clock;

    ClaimRequests(GateSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    ClaimRequest of(
            Decision.Attempt attempt,
            FacilitatorRequest request,
            @Nullable String bodyDigest,
            String payer,
            String key,
            boolean knownOnly) {
        Instant now = clock.instant();
        PaymentRequirements terms = request.requirements();
        GateSettings.Times times = settings.times();
        return new ClaimRequest(
                key,
                payer,
                terms.network(),
                terms.asset(),
                terms.amount(),
                terms.payTo(),
                attempt.taken().routeId(),
                attempt.taken().priceVersion(),
                Digests.priced(attempt),
                bodyDigest,
                identifier(attempt.payment()),
                Terms.validBefore(attempt.payment().payload(), terms, now),
                StoredPayment.write(request),
                // One of its own for each claim: whoever asks again under it finds what it has.
                settings.owner() + "/" + UUID.randomUUID(),
                now.plus(Leases.LEASE),
                now,
                now.minus(times.grace()),
                now.minus(times.doubtAfter()),
                settings.maxReleases(),
                knownOnly);
    }

    private static @Nullable String identifier(PaymentPayload payment) {
        return payment.payload() instanceof SchemePayload.Token token
                ? token.name()
                : PaymentIdentifier.of(payment).orElse(null);
    }
}
