package io.farebox.testkit.host;

import io.farebox.gate.Account;
import io.farebox.gate.Balances;
import io.farebox.gate.Facilitator;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.PaymentIdentity;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.SettleResponse;
import io.farebox.x402.VerifyResponse;
import java.time.InstantSource;

/** Takes what a token or a transfer pays from a balance, and leaves all other payments to another facilitator. */
final class BalanceTill implements Facilitator {
    private final Facilitator others;
    private final Balances balances;
    private final InstantSource clock;

    BalanceTill(Facilitator others, Balances balances, InstantSource clock) {
        this.others = others;
        this.balances = balances;
        this.clock = clock;
    }

    @Override
    public String id() {
        return others.id();
    }

    @Override
    public VerifyResponse verify(FacilitatorRequest request) {
        String payer = payer(request);
        if (payer.isEmpty()) return others.verify(request);
        boolean enough = balances.balance(Account.of(request.requirements(), payer))
                        .compareTo(request.requirements().amount())
                >= 0;
        return new VerifyResponse(enough, enough ? null : "insufficient_funds", payer);
    }

    @Override
    public SettleResponse settle(FacilitatorRequest request) {
        String payer = payer(request);
        if (payer.isEmpty()) return others.settle(request);
        String key =
                PaymentIdentity.of(request.payment(), request.requirements()).orElseThrow();
        Account account = Account.of(request.requirements(), payer);
        return switch (balances.debit(key, account, request.requirements().amount(), clock.instant())) {
            case MADE -> new SettleResponse(true, null, payer, "0x" + "7a".repeat(32), account.network());
            case INSUFFICIENT -> new SettleResponse(false, "insufficient_funds", payer, "", account.network());
            case CLOSED -> new SettleResponse(false, "payment_expired", payer, "", account.network());
        };
    }

    @Override
    public boolean sharesTransactions() {
        return true;
    }

    private static String payer(FacilitatorRequest request) {
        return switch (request.payment().payload()) {
            case SchemePayload.Token token ->
                token.draw() == null ? "" : token.draw().payer();
            case SchemePayload.Transfer transfer -> transfer.payer() == null ? "" : transfer.payer();
            case SchemePayload.Eip3009 other -> "";
            case SchemePayload.Solana other -> "";
        };
    }
}
