package io.farebox.settlement.transfer;

import io.farebox.gate.Balances;
import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.OutcomeLookup;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.PaymentIdentity;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.SettleResponse;
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
        return request.payment().payload() instanceof SchemePayload.Transfer transfer
                ? concluded(request, transfer)
                : other.lookUp(request);
    }

    @Override
    public Outcome lookUp(FacilitatorRequest request, Instant since) {
        return request.payment().payload() instanceof SchemePayload.Transfer transfer
                ? concluded(request, transfer)
                : other.lookUp(request, since);
    }

    private Outcome concluded(FacilitatorRequest request, SchemePayload.Transfer transfer) {
        Optional<String> key = PaymentIdentity.of(request.payment(), request.requirements());
        if (key.isEmpty()) return new Outcome.NotKnown();
        try {
            return balances.conclude(key.get(), clock.instant())
                    ? new Outcome.Happened(receipt(transfer, request))
                    : new Outcome.NeverHappened();
        } catch (BookUnavailableException e) {
            return new Outcome.NotKnown();
        }
    }

    private static SettleResponse receipt(SchemePayload.Transfer transfer, FacilitatorRequest request) {
        return new SettleResponse(
                true,
                null,
                transfer.payer(),
                transfer.transaction(),
                request.requirements().network());
    }
}
