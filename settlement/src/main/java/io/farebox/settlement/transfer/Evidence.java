package io.farebox.settlement.transfer;

import io.farebox.chain.lookup.TransferSight;
import io.farebox.chain.lookup.TransferSight.Moved;
import io.farebox.gate.Account;
import io.farebox.gate.Deposit;
import io.farebox.gate.TransferReasons;
import io.farebox.x402.PaymentIdentity;
import io.farebox.x402.PaymentRequirements;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a mined transaction proves: only what the asset itself says counts, each transfer by itself. Whoever sent the transaction, and
 * the contracts that it went through, are nobody's business.
 */
final class Evidence {
    private static final String NOBODY = "0x" + "0".repeat(40);

    private final PaymentRequirements asked;
    private final BigInteger least;
    private final String transaction;
    private final String asset;
    private final String payee;

    Evidence(PaymentRequirements asked, BigInteger least, String transaction) {
        this.asked = asked;
        this.least = least;
        this.transaction = transaction;
        Account ours = Account.of(asked, "");
        this.asset = ours.asset();
        this.payee = ours.payTo();
    }

    /** What it comes to. */
    sealed interface Finding {
        /**
         * To be credited.
         *
         * @param authorizations identities of the signed payments that may have made these transfers
         */
        record Paid(Account account, List<Deposit> deposits, List<String> authorizations) implements Finding {}

        /** Not what was asked for. */
        record Not(String reason) implements Finding {}
    }

    Finding of(TransferSight.Mined mined, Whose whose) {
        if (!isNoted(mined, whose)) return new Finding.Not(TransferReasons.PROOF_INVALID);
        List<Moved> moved = mined.transfers().stream()
                .filter(each -> each.emitter().equals(asset))
                .toList();
        if (moved.isEmpty()) return new Finding.Not(TransferReasons.WRONG_ASSET);
        List<Moved> toUs =
                moved.stream().filter(each -> each.to().equals(payee)).toList();
        if (toUs.isEmpty()) return new Finding.Not(TransferReasons.WRONG_PAYEE);
        List<Moved> sent =
                toUs.stream().filter(each -> isFrom(each, whose.sender())).toList();
        if (sent.isEmpty()) return new Finding.Not(TransferReasons.WRONG_PAYER);
        List<Moved> enough =
                sent.stream().filter(each -> each.value().compareTo(least) >= 0).toList();
        if (enough.isEmpty()) return new Finding.Not(TransferReasons.UNDERPAID);
        // A note binds the whole transaction, so it says nothing where several have paid.
        boolean several = enough.stream().map(Moved::from).distinct().count() > 1;
        if (whose.memo() != null && several) return new Finding.Not(TransferReasons.WRONG_PAYER);
        return paid(mined, enough.getFirst().from(), enough);
    }

    private static boolean isNoted(TransferSight.Mined mined, Whose whose) {
        TransferSight.Message message = mined.message();
        return whose.memo() == null || (message != null && message.memos().contains(whose.memo()));
    }

    /** New coins are sent by nobody, and who pays himself pays nothing. */
    private boolean isFrom(Moved each, @Nullable String sender) {
        if (each.from().equals(NOBODY) || each.from().equals(payee)) return false;
        return sender == null || sender.equals(each.from());
    }

    private Finding paid(TransferSight.Mined mined, String payer, List<Moved> enough) {
        List<Deposit> deposits = enough.stream()
                .filter(each -> each.from().equals(payer))
                .map(each -> new Deposit(transaction, each.logIndex(), each.value()))
                .toList();
        return new Finding.Paid(Account.of(asked, payer), deposits, authorizations(mined, payer));
    }

    private List<String> authorizations(TransferSight.Mined mined, String payer) {
        TransferSight.Message message = mined.message();
        if (message != null) return List.of(PaymentIdentity.ofMessage(asked.network(), message.hash()));
        // Which of them made which transfer cannot be told for every token; so none may be a payment.
        return mined.authorizations().stream()
                .filter(each ->
                        each.emitter().equals(asset) && each.authorizer().equals(payer))
                .map(each -> PaymentIdentity.ofAuthorization(asked.network(), asset, payer, each.nonce()))
                .distinct()
                .toList();
    }
}
