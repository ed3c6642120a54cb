package io.farebox.settlement.transfer;

import io.farebox.gate.Facilitator;
import io.farebox.gate.Facilitators;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import java.util.List;
import java.util.Optional;

/** The configured facilitators for what x402 describes, and ours for the rest. */
final class RailFacilitators implements Facilitators {
    private final Facilitators others;
    private final Facilitator balance;

    RailFacilitators(Facilitators others, Facilitator balance) {
        this.others = others;
        this.balance = balance;
    }

    @Override
    public List<Facilitator> candidates(PaymentPayload payment, PaymentRequirements requirements, List<String> order) {
        return switch (payment.payload()) {
            case SchemePayload.Transfer transfer -> List.of(balance);
            case SchemePayload.Token token -> List.of(balance);
            case SchemePayload.Eip3009 other -> others.candidates(payment, requirements, order);
            case SchemePayload.Solana other -> others.candidates(payment, requirements, order);
        };
    }

    @Override
    public Optional<Facilitator> byId(String id) {
        return id.equals(balance.id()) ? Optional.of(balance) : others.byId(id);
    }
}
