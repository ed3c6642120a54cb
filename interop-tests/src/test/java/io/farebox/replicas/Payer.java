package io.farebox.replicas;

import io.farebox.chain.Eip3009Signer;
import io.farebox.testkit.facilitator.Authorization;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.json.Base64Json;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import io.farebox.x402.v2.V2Codec;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Locale;

/** Somebody with a key of their own, who signs what a 402 asks for. */
final class Payer {
    private final Eip3009Signer key = Eip3009Signer.random();

    /** What a 402 asks for, in both versions. */
    record Challenge(JsonObject v1Option, JsonObject v2Option) {
        static Challenge of(HttpResponse<byte[]> answer) {
            String header = answer.headers().firstValue("PAYMENT-REQUIRED").orElseThrow();
            return new Challenge(
                    Json.readObject(answer.body()).objects("accepts").getFirst(),
                    Base64Json.decode(header).objects("accepts").getFirst());
        }

        PaymentRequirements terms() {
            return new V2Codec().requirements(v2Option);
        }

        Spelling spelling() {
            return new Spelling(v1Option, v2Option);
        }
    }

    /** In lower case. */
    String address() {
        return key.address().toLowerCase(Locale.ROOT);
    }

    SchemePayload.Eip3009 sign(Challenge challenge) {
        PaymentRequirements terms = challenge.terms();
        Instant now = Instant.now();
        return key.sign(terms, now.minusSeconds(60), now.plusSeconds(terms.maxTimeoutSeconds()));
    }

    static Authorization authorization(SchemePayload.Eip3009 payment) {
        return new Authorization(payment.from(), payment.nonce());
    }
}
