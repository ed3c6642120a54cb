package io.farebox.gate;

import java.time.Duration;
import java.util.List;

/**
 * A request that was let in. The host carries it from admission to the end of the answer and hands it back to the gate; its
 * state is the gate's business. Safe to hand between threads.
 */
public final class Grant {
    final Decision.Attempt attempt;
    final String payer;
    final Claim claim;

    Grant(Decision.Attempt attempt, String payer, Claim claim) {
        this.attempt = attempt;
        this.payer = payer;
        this.claim = claim;
    }

    public String routeId() {
        return attempt.offer().routeId();
    }

    /** How long the resource may take. */
    public Duration timeout() {
        return attempt.offer().timeout();
    }

    /** Facts about the payment, for the application. */
    public PaymentFacts facts() {
        return new PaymentFacts(
                claim.paymentId(),
                routeId(),
                payer,
                attempt.requirements().amount(),
                attempt.requirements().asset(),
                attempt.requirements().network());
    }

    /** What the upstream is told: {@code X-Farebox-*}; to be set, not added. */
    public List<Header> upstreamHeaders() {
        return List.of();
    }
}
