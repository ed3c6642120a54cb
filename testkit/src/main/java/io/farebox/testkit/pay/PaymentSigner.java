package io.farebox.testkit.pay;

import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;

/** Signs payments. A function, so that the test kit needs no cryptography of any chain. */
@FunctionalInterface
public interface PaymentSigner {
    /** Signs a new payment of these terms; each call another one. */
    SchemePayload sign(PaymentRequirements terms);
}
