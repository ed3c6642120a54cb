package io.farebox.settlement.transfer;

import io.farebox.x402.SchemePayload;

/** The same of payments by a token. */
class TokenPaymentTest extends BalancePaymentTest {
    @Override
    SchemePayload payload(String name) {
        return new SchemePayload.Token("7a".repeat(32), null, new SchemePayload.Draw(name, PAYER, TX));
    }

    @Override
    String scheme() {
        return SchemePayload.Token.SCHEME;
    }
}
