package io.farebox.interop;

import io.farebox.chain.Eip3009Signer;
import io.farebox.testkit.pay.PayingClient;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import java.time.Instant;
import java.util.Map;

/** Somebody with a key of their own who pays as told. */
record TestPayer(Eip3009Signer key) {
    static TestPayer random() {
        return new TestPayer(Eip3009Signer.random());
    }

    PayingClient v1() {
        return PayingClient.v1(Map.of("base-sepolia", new Network("eip155:84532")), this::sign);
    }

    PayingClient v2() {
        return PayingClient.v2(this::sign);
    }

    private SchemePayload sign(PaymentRequirements terms) {
        Instant now = Instant.now();
        return key.sign(terms, now.minusSeconds(60), now.plusSeconds(terms.maxTimeoutSeconds()));
    }
}
