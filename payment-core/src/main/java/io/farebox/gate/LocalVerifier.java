package io.farebox.gate;

import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import org.jspecify.annotations.Nullable;

/**
 * Port: checks a payment's signature in this process, without asking anyone. Knows nothing of windows, amounts or payees;
 * the gate checks those. Thread-safe; never throws, whatever the payment.
 */
public interface LocalVerifier {
    /** Checks the signature; the EIP-712 domain comes from {@code requirements.extra}, never from the payment. */
    LocalCheck check(PaymentPayload payment, PaymentRequirements requirements);

    /** The result of a check. */
    sealed interface LocalCheck {
        /**
         * The payer signed exactly this.
         *
         * @param payer canonical: lower case on EVM chains
         */
        record Signed(String payer) implements LocalCheck {}

        /** Certainly not signed by the payer. */
        record Forged(String reason) implements LocalCheck {}

        /**
         * Only a facilitator or the chain can tell, as for contract wallets and Solana.
         *
         * @param signer who certainly signed it, canonical, if that much can be told here; null if not. What became of this
         *     payment before may be told to whoever sends it with its signer's signature
         */
        record Undecidable(@Nullable String signer) implements LocalCheck {
            /** Not even the signer can be told. */
            public Undecidable() {
                this(null);
            }
        }
    }
}
