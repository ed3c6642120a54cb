package io.farebox.gate;

import io.farebox.x402.PaymentRequirements;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What a 402 tells clients that want to pay by a transfer. */
final class TransferOption {
    private static final String HOW_PROVEN =
            "Transfer one of transfers to its payTo. When it is confirmed, repeat the request with X-PAYMENT-TX (the transaction's"
                    + " hash), X-PAYMENT-CHAIN (its network) and X-PAYMENT-PROOF: eip191, challenge and the sender's signature of"
                    + " the text in proof, with a space between each. What is paid beyond the price stays on your balance.";
    private static final String HOW_UNPROVEN =
            "Transfer one of transfers to its payTo. When it is confirmed, repeat the request with X-PAYMENT-TX (the transaction's"
                    + " hash) and X-PAYMENT-CHAIN (its network).";

    private final Predicate<PaymentRequirements> taken;
    private final TransferTerms terms;

    TransferOption(Predicate<PaymentRequirements> taken, TransferTerms terms) {
        this.taken = taken;
        this.terms = terms;
    }

    Map<String, Object> of(Offer offer, int priority) {
        List<PaymentRequirements> accepts =
                offer.accepts().stream().filter(taken).toList();
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
        option.put("proofText", "Farebox transfer proof\n<network>\n<transaction, lower case>\n" + Template.CHALLENGE);
        option.put("howTo", terms.proofRequired() ? HOW_PROVEN : HOW_UNPROVEN);
        return option;
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
