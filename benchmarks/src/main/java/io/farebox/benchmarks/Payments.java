package io.farebox.benchmarks;

import io.farebox.chain.Eip3009Signer;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.ResourceInfo;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.SchemePayloads;
import io.farebox.x402.json.Base64Json;
import io.farebox.x402.json.Json;
import io.farebox.x402.v2.V2Codec;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Header values that pay, truly signed. */
public final class Payments {
    private static final V2Codec V2 = new V2Codec();

    /** How much longer than announced they are good: gates allow ten minutes, and a run may wait for a busy machine. */
    private static final Duration LONGER = Duration.ofMinutes(9);

    private final Eip3009Signer payer = Eip3009Signer.random();

    /** Signs a fresh authorization for these terms. */
    public SchemePayload.Eip3009 sign(PaymentRequirements terms) {
        Instant until = Instant.now().plusSeconds(terms.maxTimeoutSeconds()).plus(LONGER);
        return payer.sign(terms, Instant.EPOCH, until);
    }

    /** A value of {@code PAYMENT-SIGNATURE}. */
    public String v2(PaymentRequirements terms, String url) {
        var payment = new PaymentPayload(2, terms.scheme(), terms.network(), terms, sign(terms), null, Map.of());
        var request = new FacilitatorRequest(payment, terms, new ResourceInfo(url, "", ""));
        return Base64Json.encode(Json.write(V2.write(request, 2)));
    }

    /** A value of {@code X-PAYMENT}. @param network the network's name in version 1 */
    public String v1(PaymentRequirements terms, String network) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("x402Version", 1);
        out.put("scheme", terms.scheme());
        out.put("network", network);
        out.put("payload", SchemePayloads.write(sign(terms)));
        return Base64Json.encode(Json.write(out));
    }
}
