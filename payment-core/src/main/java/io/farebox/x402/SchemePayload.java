package io.farebox.x402;

import java.math.BigInteger;

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
}
