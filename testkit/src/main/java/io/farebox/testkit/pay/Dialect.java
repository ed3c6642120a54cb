package io.farebox.testkit.pay;

import io.farebox.x402.Network;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayloads;
import io.farebox.x402.json.Base64Json;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import io.farebox.x402.v2.V2Codec;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a generation of clients reads a 402 and writes a payment. */
sealed interface Dialect {
    String paymentHeader();

    String receiptHeader();

    /** The whole challenge of a 402. */
    JsonObject challenge(HttpResponse<byte[]> answer);

    /** One of its options in our words. */
    PaymentRequirements terms(JsonObject option);

    /** The header value that pays for an option. */
    String payment(JsonObject challenge, JsonObject option, PaymentSigner signer);

    /** Version 1: the challenge is the body, networks are words. */
    record V1(Map<String, Network> names) implements Dialect {
        @Override
        public String paymentHeader() {
            return "X-PAYMENT";
        }

        @Override
        public String receiptHeader() {
            return "X-PAYMENT-RESPONSE";
        }

        @Override
        public JsonObject challenge(HttpResponse<byte[]> answer) {
            return Json.readObject(answer.body());
        }

        @Override
        public PaymentRequirements terms(JsonObject option) {
            Network network = names.get(option.string("network"));
            if (network == null) throw new IllegalStateException("the 402 names a network that this client lacks");
            JsonObject extra = option.objectOrNull("extra");
            return new PaymentRequirements(
                    option.string("scheme"),
                    network,
                    new BigInteger(option.string("maxAmountRequired")),
                    option.string("asset"),
                    option.string("payTo"),
                    option.integer("maxTimeoutSeconds"),
                    extra == null ? Map.of() : extra.members());
        }

        @Override
        public String payment(JsonObject challenge, JsonObject option, PaymentSigner signer) {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("x402Version", 1);
            out.put("scheme", option.string("scheme"));
            out.put("network", option.string("network"));
            out.put("payload", SchemePayloads.write(signer.sign(terms(option))));
            return Base64Json.encode(Json.write(out));
        }
    }

    /** Version 2: the challenge is a header, and the accepted option is sent back as it was received. */
    record V2() implements Dialect {
        @Override
        public String paymentHeader() {
            return "PAYMENT-SIGNATURE";
        }

        @Override
        public String receiptHeader() {
            return "PAYMENT-RESPONSE";
        }

        @Override
        public JsonObject challenge(HttpResponse<byte[]> answer) {
            return Base64Json.decode(
                    answer.headers().firstValue(V2Codec.CHALLENGE_HEADER).orElseThrow());
        }

        @Override
        public PaymentRequirements terms(JsonObject option) {
            return new V2Codec().requirements(option);
        }

        @Override
        public String payment(JsonObject challenge, JsonObject option, PaymentSigner signer) {
            Map<String, Object> out = new LinkedHashMap<>();
            out.put("x402Version", 2);
            out.put("payload", SchemePayloads.write(signer.sign(terms(option))));
            out.put("accepted", option.members());
            for (String echoed : List.of("resource", "extensions")) {
                Object value = challenge.members().get(echoed);
                if (value != null) out.put(echoed, value);
            }
            return Base64Json.encode(Json.write(out));
        }
    }
}
