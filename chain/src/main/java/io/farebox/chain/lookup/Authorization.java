package io.farebox.chain.lookup;

import io.farebox.gate.PaymentRecord;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.PaymentIdentity;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;

/**
 * What is looked for on the chain: an EIP-3009 authorization and the transfer that it promised. Hexadecimal texts are in lower
 * case.
 */
record Authorization(
        String asset, String payer, String payee, BigInteger amount, String nonce, BigInteger validBefore) {

    /** Empty if the payment is of another kind, or does not promise exactly what our terms ask for. */
    static Optional<Authorization> of(FacilitatorRequest request) {
        PaymentRequirements terms = request.requirements();
        return request.payment().payload() instanceof SchemePayload.Eip3009 signed && fits(signed, terms)
                ? Optional.of(new Authorization(
                        lower(terms.asset()),
                        lower(signed.from()),
                        lower(terms.payTo()),
                        terms.amount(),
                        lower(signed.nonce()),
                        signed.validBefore()))
                : Optional.empty();
    }

    /**
     * The authorization of a payment in the book, whose payload is gone: its identity tells the nonce, see {@link
     * PaymentIdentity#ofAuthorization}. Empty if it is of another kind, or its payer's name was taken off it.
     */
    static Optional<Authorization> of(PaymentRecord row) {
        String key = row.claim().key();
        String nonce = key.substring(key.lastIndexOf(':') + 1);
        boolean whole =
                isBytes(row.asset(), 20) && isBytes(row.payer(), 20) && isBytes(row.payTo(), 20) && isBytes(nonce, 32);
        return whole && key.equals(PaymentIdentity.ofAuthorization(row.network(), row.asset(), row.payer(), nonce))
                ? Optional.of(new Authorization(
                        lower(row.asset()),
                        lower(row.payer()),
                        lower(row.payTo()),
                        row.amount(),
                        lower(nonce),
                        BigInteger.valueOf(row.validBefore().getEpochSecond())))
                : Optional.empty();
    }

    private static boolean fits(SchemePayload.Eip3009 signed, PaymentRequirements terms) {
        return isBytes(terms.asset(), 20)
                && isBytes(signed.from(), 20)
                && isBytes(terms.payTo(), 20)
                && isBytes(signed.nonce(), 32)
                && signed.to().equalsIgnoreCase(terms.payTo())
                && signed.value().equals(terms.amount());
    }

    private static boolean isBytes(String text, int length) {
        return text.length() == 2 + 2 * length && RpcText.isHex(text);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Whether a block of this time can no longer hold the transfer. */
    boolean isOverAt(Block block) {
        return BigInteger.valueOf(block.time()).compareTo(validBefore) > 0;
    }
}
