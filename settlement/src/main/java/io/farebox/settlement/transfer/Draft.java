package io.farebox.settlement.transfer;

import io.farebox.gate.Account;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.PaymentIdentity;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.SettleResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request for a payment from a balance comes to.
 *
 * @param key the payment's identity
 * @param account whose balance
 * @param transaction by which the balance was paid, for receipts
 */
record Draft(String key, Account account, String transaction) {
    /** Empty if the request is for another kind of payment, or does not say enough. */
    static Optional<Draft> of(FacilitatorRequest request) {
        return switch (request.payment().payload()) {
            case SchemePayload.Transfer transfer -> of(request, transfer.payer(), transfer.transaction());
            case SchemePayload.Token token ->
                token.draw() == null
                        ? Optional.empty()
                        : of(request, token.draw().payer(), token.draw().origin());
            case SchemePayload.Eip3009 other -> Optional.empty();
            case SchemePayload.Solana other -> Optional.empty();
        };
    }

    private static Optional<Draft> of(FacilitatorRequest request, @Nullable String payer, String transaction) {
        if (payer == null) return Optional.empty();
        return PaymentIdentity.of(request.payment(), request.requirements())
                .map(key -> new Draft(key, Account.of(request.requirements(), payer), transaction));
    }

    /** Whether the request is for a payment from a balance. */
    static boolean isFromBalance(FacilitatorRequest request) {
        return switch (request.payment().payload()) {
            case SchemePayload.Transfer transfer -> true;
            case SchemePayload.Token token -> true;
            case SchemePayload.Eip3009 other -> false;
            case SchemePayload.Solana other -> false;
        };
    }

    SettleResponse receipt() {
        return new SettleResponse(true, null, account.payer(), transaction, account.network());
    }

    SettleResponse refused(String reason) {
        return new SettleResponse(false, reason, account.payer(), "", account.network());
    }
}
