package io.farebox.gate;

import io.farebox.x402.PaymentRequirements;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** What a resource is told of who has paid. */
final class UpstreamHeaders {
    private final Assertion assertion;
    private final InstantSource clock;

    UpstreamHeaders(GateSettings settings, InstantSource clock) {
        this.assertion = new Assertion(settings.secret());
        this.clock = clock;
    }

    List<Header> of(Decision.Attempt attempt, PaymentRequirements terms, String payer, Claim claim) {
        Instant expires = clock.instant().plus(attempt.taken().timeout());
        return List.of(
                new Header("X-Farebox-Payer", payer),
                new Header("X-Farebox-Route", attempt.taken().routeId()),
                new Header("X-Farebox-Payment-Id", claim.paymentId()),
                new Header("X-Farebox-Amount", terms.amount().toString()),
                new Header("X-Farebox-Asset", terms.asset()),
                new Header("X-Farebox-Network", terms.network().caip2()),
                new Header(
                        "X-Farebox-Assertion",
                        assertion.of(attempt.method(), attempt.path(), claim.paymentId(), expires)));
    }
}
