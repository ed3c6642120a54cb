package io.farebox.settlement.transfer;

import io.farebox.gate.Balances;
import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.Facilitator;
import io.farebox.gate.FacilitatorUnavailableException;
import io.farebox.gate.FacilitatorUnavailableException.Reach;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.SettleResponse;
import io.farebox.x402.VerifyResponse;
import java.time.InstantSource;

/** Settles by taking from the payer's balance, once for each payment. */
final class BalanceFacilitator implements Facilitator {
    /** With a sign that no configured id may have. */
    static final String ID = "transfer/balance";

    private static final String TOO_LITTLE = "insufficient_funds";
    private static final String CLOSED = "payment_expired";

    private final Balances balances;
    private final InstantSource clock;

    BalanceFacilitator(Balances balances, InstantSource clock) {
        this.balances = balances;
        this.clock = clock;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public VerifyResponse verify(FacilitatorRequest request) {
        Draft debit = Draft.of(request).orElse(null);
        if (debit == null) return new VerifyResponse(false, "invalid_payload", null);
        try {
            boolean enough = balances.balance(debit.account())
                            .compareTo(request.requirements().amount())
                    >= 0;
            return new VerifyResponse(
                    enough, enough ? null : TOO_LITTLE, debit.account().payer());
        } catch (BookUnavailableException e) {
            throw new FacilitatorUnavailableException(ID, Reach.NOT_REACHED, "book_unavailable", null);
        }
    }

    @Override
    public SettleResponse settle(FacilitatorRequest request) {
        Draft debit = Draft.of(request).orElse(null);
        if (debit == null) return new SettleResponse(false, "invalid_payload", null, "", null);
        try {
            return switch (balances.debit(
                    debit.key(), debit.account(), request.requirements().amount(), clock.instant())) {
                case MADE -> debit.receipt();
                case INSUFFICIENT -> debit.refused(TOO_LITTLE);
                case CLOSED -> debit.refused(CLOSED);
            };
        } catch (BookUnavailableException e) {
            throw new FacilitatorUnavailableException(ID, Reach.MAYBE_REACHED, "book_unavailable", null);
        }
    }

    @Override
    public boolean sharesTransactions() {
        return true;
    }
}
