package io.farebox.helm;

import io.farebox.chain.Eip3009Signer;
import io.farebox.testkit.pay.PayingClient;
import io.farebox.testkit.pay.PaymentSigner;
import io.farebox.x402.Network;
import java.time.Instant;
import java.util.Map;

/** Clients of both generations, each with a wallet of its own. */
final class Wallets {
    private Wallets() {}

    static PayingClient v1() {
        return PayingClient.v1(Map.of("base-sepolia", new Network("eip155:84532")), signer());
    }

    static PayingClient v2() {
        return PayingClient.v2(signer());
    }

    private static PaymentSigner signer() {
        Eip3009Signer wallet = Eip3009Signer.random();
        return terms -> wallet.sign(terms, Instant.EPOCH, Instant.now().plusSeconds(terms.maxTimeoutSeconds()));
    }
}
