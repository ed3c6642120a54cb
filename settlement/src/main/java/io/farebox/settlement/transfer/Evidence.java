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
import java.util.Locale;
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
        this.asset = asked.asset().toLowerCase(Locale.ROOT);
        this.payee = asked.payTo().toLowerCase(Locale.ROOT);
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

    /** @param sender whose transfers count; null for the first who sent enough */
    Finding of(TransferSight.Mined mined, @Nullable String sender) {
        List<Moved> moved = mined.transfers().stream()
                .filter(each -> each.emitter().equals(asset))
                .toList();
        if (moved.isEmpty()) return new Finding.Not(TransferReasons.WRONG_ASSET);
        List<Moved> toUs =
                moved.stream().filter(each -> each.to().equals(payee)).toList();
        if (toUs.isEmpty()) return new Finding.Not(TransferReasons.WRONG_PAYEE);
        List<Moved> sent = toUs.stream().filter(each -> isFrom(each, sender)).toList();
        if (sent.isEmpty()) return new Finding.Not(TransferReasons.WRONG_PAYER);
        List<Moved> enough =
                sent.stream().filter(each -> each.value().compareTo(least) >= 0).toList();
        if (enough.isEmpty()) return new Finding.Not(TransferReasons.UNDERPAID);
        return paid(mined, enough.getFirst().from(), enough);
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
        // Which of them made which transfer cannot be told for every token; so none may be a payment.
        List<String> authorizations = mined.authorizations().stream()
                .filter(each ->
                        each.emitter().equals(asset) && each.authorizer().equals(payer))
                .map(each -> PaymentIdentity.ofAuthorization(asked.network(), asset, payer, each.nonce()))
                .distinct()
                .toList();
        return new Finding.Paid(Account.of(asked, payer), deposits, authorizations);
    }
}
