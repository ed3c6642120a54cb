package io.farebox.gate;

import io.farebox.x402.PaymentRequirements;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What a 402 tells clients that want to pay by a transfer. */
final class TransferOption {
    private static final String FIRST =
            "Transfer one of transfers to its payTo. When it is confirmed, repeat the request with X-PAYMENT-TX (the transaction's"
                    + " hash, on Solana its signature)";
    private static final String HOW_UNPROVEN = FIRST + " and X-PAYMENT-CHAIN (its network).";
    private static final String HOW_PROVEN = FIRST + ", X-PAYMENT-CHAIN (its network) and X-PAYMENT-PROOF: ";
    private static final String ON_EVM = "eip191, challenge and the sender's signature of the text in proofText";
    private static final String ON_SOLANA =
            "ed25519, challenge, the sender's signature of the text in proofText and the sender, both in Base58";
    private static final String THEN =
            ", with a space between each. What is paid beyond the price stays on your balance.";

    private final Predicate<PaymentRequirements> taken;
    private final TransferTerms terms;

    TransferOption(Predicate<PaymentRequirements> taken, TransferTerms terms) {
        this.taken = taken;
        this.terms = terms;
    }

    Map<String, Object> of(Offer offer, int priority) {
        List<PaymentRequirements> accepts = offer.all().stream().filter(taken).toList();
        List<Object> transfers = new ArrayList<>();
        for (PaymentRequirements each : accepts) transfers.add(transfer(each));
        Map<String, Object> option = new LinkedHashMap<>();
        option.put("provider", "transfer");
        option.put("type", "direct_transfer");
        option.put("priority", priority);
        option.put("recommended", priority == 1);
        option.put(
                "networks",
                accepts.stream().map(each -> each.network().caip2()).distinct().toList());
        option.put("transfers", transfers);
        option.put("maxAgeSeconds", terms.maxAge().toSeconds());
        option.put("challenge", Template.CHALLENGE);
        option.put("proof", terms.proofRequired() ? "required" : "none");
        option.put("proofText", "Farebox transfer proof\n<network>\n" + name(accepts) + "\n" + Template.CHALLENGE);
        option.put("howTo", terms.proofRequired() ? HOW_PROVEN + proof(accepts) + THEN : HOW_UNPROVEN);
        return option;
    }

    private static String proof(List<PaymentRequirements> accepts) {
        if (!isOnSolana(accepts)) return ON_EVM;
        return isOnEvm(accepts) ? ON_EVM + "; on Solana " + ON_SOLANA : ON_SOLANA;
    }

    private static String name(List<PaymentRequirements> accepts) {
        if (!isOnSolana(accepts)) return "<transaction, lower case>";
        return isOnEvm(accepts) ? "<transaction, on EVM chains in lower case>" : "<transaction>";
    }

    private static boolean isOnSolana(List<PaymentRequirements> accepts) {
        return accepts.stream().anyMatch(each -> each.network().isSolana());
    }

    private static boolean isOnEvm(List<PaymentRequirements> accepts) {
        return accepts.stream().anyMatch(each -> each.network().isEvm());
    }

    private Map<String, Object> transfer(PaymentRequirements each) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("network", each.network().caip2());
        out.put("asset", each.asset());
        out.put("payTo", each.payTo());
        out.put("price", each.amount().toString());
        out.put(
                "minimum",
                terms.least(each.network(), each.asset()).orElseThrow().toString());
        TransferTerms.Chain chain = terms.networks().get(each.network());
        if (chain != null) out.put("confirmations", chain.confirmations());
        return out;
    }
}
