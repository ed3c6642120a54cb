package io.farebox.settlement.transfer;

import io.farebox.gate.Balances;
import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.OutcomeLookup;
import io.farebox.x402.FacilitatorRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Looks payments from a balance up in the book; whoever looks ends them, so that nothing stays unknown. */
final class BalanceLookup implements OutcomeLookup {
    private final OutcomeLookup other;
    private final Balances balances;
    private final InstantSource clock;

    BalanceLookup(OutcomeLookup other, Balances balances, InstantSource clock) {
        this.other = other;
        this.balances = balances;
        this.clock = clock;
    }

    @Override
    public Outcome lookUp(FacilitatorRequest request) {
        return Draft.isFromBalance(request) ? concluded(request) : other.lookUp(request);
    }

    @Override
    public Outcome lookUp(FacilitatorRequest request, Instant since) {
        return Draft.isFromBalance(request) ? concluded(request) : other.lookUp(request, since);
    }

    private Outcome concluded(FacilitatorRequest request) {
        Optional<Draft> debit = Draft.of(request);
        if (debit.isEmpty()) return new Outcome.NotKnown();
        try {
            return balances.conclude(debit.get().key(), clock.instant())
                    ? new Outcome.Happened(debit.get().receipt())
                    : new Outcome.NeverHappened();
        } catch (BookUnavailableException e) {
            return new Outcome.NotKnown();
        }
    }
}
