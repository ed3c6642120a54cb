package io.farebox.settlement;

import io.farebox.chain.Eip3009Signer;
import io.farebox.gate.GateResponse;
import io.farebox.gate.Header;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.SchemePayloads;
import io.farebox.x402.json.Base64Json;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import io.farebox.x402.v2.V2Codec;
import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads 402s and signs payments as clients of a version do; nothing of it goes over a wire. */
record Buyer(int version, Eip3009Signer signer) {
    static Buyer of(int version) {
        return new Buyer(version, Eip3009Signer.random());
    }

    /** What a 402 asks for. */
    record Asked(JsonObject challenge, Map<String, Object> option, PaymentRequirements terms) {
        Asked as(Map<String, Object> otherOption) {
            return new Asked(challenge, otherOption, new V2Codec().requirements(new JsonObject(otherOption)));
        }

        long amount() {
            return terms.amount().longValueExact();
        }
    }

    /** The first option of a 402. */
    Asked read(GateResponse answer) {
        return read(answer, 0);
    }

    Asked read(GateResponse answer, int option) {
        if (answer.status() != 402) throw new AssertionError("not a 402: " + answer.status());
        JsonObject challenge = version == 1 ? Json.readObject(answer.body()) : Base64Json.decode(header(answer));
        JsonObject json = challenge.objects("accepts").get(option);
        return new Asked(challenge, json.members(), version == 1 ? v1(json) : new V2Codec().requirements(json));
    }

    private static String header(GateResponse answer) {
        return answer.headers().stream()
                .filter(header -> header.name().equals("PAYMENT-REQUIRED"))
                .map(Header::value)
                .findFirst()
                .orElseThrow();
    }

    private static PaymentRequirements v1(JsonObject json) {
        return new PaymentRequirements(
                json.string("scheme"),
                new Network("eip155:31337"),
                new BigInteger(json.string("maxAmountRequired")),
                json.string("asset"),
                json.string("payTo"),
                json.integer("maxTimeoutSeconds"),
                json.object("extra").members());
    }

    /** The request again, with a fresh payment of what was asked for. */
    Ask pay(Ask request, Asked asked, Instant now) {
        SchemePayload payload = signer.sign(
                asked.terms(), Instant.EPOCH, now.plusSeconds(asked.terms().maxTimeoutSeconds()));
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("x402Version", version);
        out.put("payload", SchemePayloads.write(payload));
        if (version == 1) {
            out.put("scheme", "exact");
            out.put("network", "farebox-dev");
        } else {
            out.put("accepted", asked.option());
            out.put("resource", asked.challenge().object("resource").members());
        }
        return request.with(version == 1 ? "X-PAYMENT" : "PAYMENT-SIGNATURE", Base64Json.encode(Json.write(out)));
    }
}
