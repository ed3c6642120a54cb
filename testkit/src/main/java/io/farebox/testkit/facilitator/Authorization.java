package io.farebox.testkit.facilitator;

import java.util.Locale;

/**
 * What a payer signed and can be charged for once. Hexadecimal text is compared without regard to case.
 *
 * @param from payer; empty on Solana
 * @param nonce EIP-3009 nonce, or the Solana transaction as sent
 */
public record Authorization(String from, String nonce) {
    public Authorization {
        if (from.startsWith("0x")) {
            from = from.toLowerCase(Locale.ROOT);
            nonce = nonce.toLowerCase(Locale.ROOT);
        }
    }
}
