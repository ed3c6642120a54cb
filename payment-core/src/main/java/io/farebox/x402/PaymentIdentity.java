package io.farebox.x402;

import java.util.Locale;
import java.util.Optional;

/**
 * Names a payment by what makes it unique on its chain, from decoded values and never from header text: two spellings of one
 * payment, in either wire version, have one identity.
 */
public final class PaymentIdentity {
    private static final String DRAW = "token:";

    private PaymentIdentity() {}

    /**
     * The identity: {@code evm3009:{caip2}:{asset}:{from}:{nonce}} or {@code svm:{caip2}:{sha256 of the message}}, in lower
     * case but for what is of Solana; {@code proof:{caip2}:{payer}:{challenge}} of a transfer whose payer has signed a challenge of
     * ours, since each is good for one request, and {@code tx:{caip2}:{hash}} of one that nobody has signed for;
     * {@code token:{caip2}:{id}} of a draw. Empty if a Solana transaction cannot be decoded, or a transfer's payer, or what is drawn, is
     * not known yet.
     */
    public static Optional<String> of(PaymentPayload payment, PaymentRequirements requirements) {
        String network = requirements.network().caip2();
        return switch (payment.payload()) {
            case SchemePayload.Eip3009 p ->
                Optional.of(ofAuthorization(requirements.network(), requirements.asset(), p.from(), p.nonce()));
            case SchemePayload.Solana p ->
                SolanaTransaction.decode(p.transaction()).map(t -> ofMessage(requirements.network(), t.messageHash()));
            case SchemePayload.Transfer p ->
                Optional.ofNullable(p.payer())
                        .map(payer -> p.proof() == null
                                ? "tx:" + network + ':' + p.transaction()
                                : "proof:" + network + ':' + canonical(requirements.network(), payer) + ':'
                                        + p.proof().challenge());
            case SchemePayload.Token p -> Optional.ofNullable(p.draw()).map(draw -> DRAW + network + ':' + draw.id());
        };
    }

    /** Whether this is the identity of a draw by a token. */
    public static boolean isDraw(String identity) {
        return identity.startsWith(DRAW);
    }

    /** The identity of an EIP-3009 authorization, as {@link #of} gives it. */
    public static String ofAuthorization(Network network, String asset, String from, String nonce) {
        return "evm3009:" + network.caip2() + ':' + lower(asset) + ':' + lower(from) + ':' + lower(nonce);
    }

    /** The identity of a transaction of Solana whose message has this SHA-256, as {@link #of} gives it. */
    public static String ofMessage(Network network, String messageHash) {
        return "svm:" + network.caip2() + ':' + messageHash;
    }

    private static String canonical(Network network, String address) {
        return network.isEvm() ? lower(address) : address;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
