package io.farebox.x402;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The part of a payment that depends on scheme and chain. Decoded values, never header text. */
public sealed interface SchemePayload {

    /**
     * {@code exact} on EVM chains: an EIP-3009 {@code TransferWithAuthorization} and its signature.
     *
     * @param signature {@code 0x} and hexadecimal, as sent
     * @param from payer, {@code 0x} and 40 hexadecimal digits, as sent
     * @param to who is paid, likewise
     * @param value atomic units
     * @param validAfter seconds since the epoch
     * @param validBefore seconds since the epoch
     * @param nonce {@code 0x} and 64 hexadecimal digits, as sent
     */
    record Eip3009(
            String signature,
            String from,
            String to,
            BigInteger value,
            BigInteger validAfter,
            BigInteger validBefore,
            String nonce)
            implements SchemePayload {}

    /**
     * {@code exact} on Solana: a serialised transaction, signed by the payer and not yet by the fee payer.
     *
     * @param transaction standard Base64, as sent
     */
    record Solana(String transaction) implements SchemePayload {}

    /**
     * A transfer that its payer has made already: no scheme of x402 but a rail of ours, {@code X-PAYMENT-TX}.
     *
     * @param transaction {@code 0x} and 64 lower-case hexadecimal digits, or on Solana its signature in Base58
     * @param proof that it is the payer's; null if none was sent
     * @param payer who sent it, canonical; null until that is certain
     */
    record Transfer(
            String transaction,
            @Nullable TransferProof proof,
            @Nullable String payer) implements SchemePayload {
        /** The name under which terms and payments of this kind are told from those of x402. */
        public static final String SCHEME = "transfer";

        /** The same, now that it is certain whose it is. */
        public Transfer by(String sender) {
            return new Transfer(transaction, proof, sender);
        }
    }

    /**
     * What shows whose a transfer is.
     *
     * @param form how the challenge is signed
     * @param challenge text of ours from the 402
     * @param signature {@code 0x} and hexadecimal, or on Solana Base58, as sent; empty once it has been checked, and if the form has none
     * @param signer the contract wallet that signs, {@code 0x} and 40 lower-case digits, or null for a plain account; on Solana the
     *     account that signs, in Base58, or null if the form has no signature
     */
    record TransferProof(
            String form,
            String challenge,
            String signature,
            @Nullable String signer) {}

    /**
     * A draw on a balance that its holder names by a token of ours: no scheme of x402 but a rail of ours, {@code X-PAYMENT-TOKEN}. Of the
     * token itself only its digest comes this far.
     *
     * @param digest SHA-256 of the token in hexadecimal; empty where nobody needs it any more
     * @param name what the client calls its request, as a digest; null if it has no name
     * @param draw what is drawn; null until it is certain that the token names a balance
     */
    record Token(
            String digest, @Nullable String name, @Nullable Draw draw) implements SchemePayload {
        /** The name under which terms and payments of this kind are told from those of x402. */
        public static final String SCHEME = "token";

        /** The same, now that it is certain what is drawn. */
        public Token of(Draw found) {
            return new Token(digest, name, found);
        }
    }

    /**
     * One draw on a balance.
     *
     * @param id names it and no other one
     * @param payer whose balance it is, canonical
     * @param origin the transaction by which it was paid ahead
     */
    record Draw(String id, String payer, String origin) {}
}
