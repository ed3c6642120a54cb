package io.farebox.kills;

import io.farebox.chain.Eip3009Signer;
import io.farebox.testkit.facilitator.Authorization;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.SchemePayloads;
import io.farebox.x402.json.Base64Json;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import io.farebox.x402.v2.V2Codec;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a 402 asked for; good for many payments. */
record Offer(JsonObject challenge, JsonObject option, PaymentRequirements terms) {
    /**
     * A payment as it is sent.
     *
     * @param line a whole header line
     */
    record Signed(String line, Authorization authorization) {}

    static Offer ask(int port, String path) throws IOException {
        try (Wire wire = new Wire(port)) {
            Wire.Answer answer = wire.get(path);
            String header = answer.headers().get(V2Codec.CHALLENGE_HEADER);
            if (header == null) throw new IOException("no challenge, but " + answer.status() + " " + answer.text());
            JsonObject challenge = Base64Json.decode(header);
            JsonObject option = challenge.objects("accepts").getFirst();
            return new Offer(challenge, option, new V2Codec().requirements(option));
        }
    }

    Signed sign(Eip3009Signer key) {
        Instant until = Instant.now().plusSeconds(terms.maxTimeoutSeconds());
        SchemePayload.Eip3009 payload = key.sign(terms, Instant.EPOCH, until);
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("x402Version", 2);
        out.put("payload", SchemePayloads.write(payload));
        out.put("accepted", option.members());
        Object resource = challenge.members().get("resource");
        if (resource != null) out.put("resource", resource);
        String line = "PAYMENT-SIGNATURE: " + Base64Json.encode(Json.write(out));
        return new Signed(line, new Authorization(payload.from(), payload.nonce()));
    }
}
