package io.farebox.testkit.facilitator;

import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.SolanaTransaction;
import io.farebox.x402.json.JsonObject;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a call asks for, of either wire version.
 *
 * @param network as written in the request
 * @param payer as written; on Solana who signs the transfer, empty if the transaction cannot be read
 * @param authorization what can be charged once
 * @param fits whether payee and amount are those of the requirements
 */
record Asked(String network, String payer, Authorization authorization, String amount, boolean fits) {
    static Asked read(JsonObject body) {
        JsonObject terms = body.object("paymentRequirements");
        JsonObject payload = body.object("paymentPayload").object("payload");
        String v1Amount = terms.stringOrNull("maxAmountRequired");
        String amount = v1Amount == null ? terms.string("amount") : v1Amount;
        JsonObject signed = payload.objectOrNull("authorization");
        return signed == null
                ? solana(terms.string("network"), payload.string("transaction"), amount)
                : evm(terms, signed, amount);
    }

    static Asked of(FacilitatorRequest request) {
        String network = request.requirements().network().caip2();
        String amount = request.requirements().amount().toString();
        return switch (request.payment().payload()) {
            case SchemePayload.Solana p -> solana(network, p.transaction(), amount);
            // Stands for whatever takes from the balance: once for each proof, or for a transfer that nobody has signed
            // for.
            case SchemePayload.Transfer p -> transfer(network, p, amount);
            case SchemePayload.Token p -> {
                SchemePayload.Draw draw = Objects.requireNonNull(p.draw());
                yield new Asked(network, draw.payer(), new Authorization(draw.payer(), draw.id()), amount, true);
            }
            case SchemePayload.Eip3009 p ->
                new Asked(
                        network,
                        p.from(),
                        new Authorization(p.from(), p.nonce()),
                        amount,
                        same(p.to(), request.requirements().payTo())
                                && p.value().equals(request.requirements().amount()));
        };
    }

    private static Asked evm(JsonObject terms, JsonObject signed, String amount) {
        String from = signed.string("from");
        boolean fits = same(signed.string("to"), terms.string("payTo"))
                && signed.string("value").equals(amount);
        return new Asked(terms.string("network"), from, new Authorization(from, signed.string("nonce")), amount, fits);
    }

    private static Asked transfer(String network, SchemePayload.Transfer transfer, String amount) {
        String payer = transfer.payer() == null ? "" : transfer.payer();
        String once = transfer.proof() == null
                ? transfer.transaction()
                : transfer.proof().challenge();
        return new Asked(network, payer, new Authorization(payer, once), amount, true);
    }

    private static Asked solana(String network, String transaction, String amount) {
        String payer = SolanaTransaction.decode(transaction)
                .flatMap(decoded -> decoded.transfers().stream().findFirst())
                .map(SolanaTransaction.TransferChecked::authority)
                .orElse("");
        return new Asked(network, payer, new Authorization("", transaction), amount, true);
    }

    private static boolean same(@Nullable String a, String b) {
        return a != null && a.toLowerCase(Locale.ROOT).equals(b.toLowerCase(Locale.ROOT));
    }

    boolean isSolana() {
        return authorization.from().isEmpty();
    }
}
