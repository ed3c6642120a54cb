package io.farebox.gate;

import io.farebox.x402.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells the upstream, in a form it can check, that a request was paid for: {@code v1.<payload>.<mac>}, both Base64-URL without
 * padding; the payload is JSON with method, path, payment id and expiry in seconds since the epoch, the mac is HMAC-SHA256 over
 * {@code v1.<payload>} under a key of its own, HMAC-SHA256 over {@code farebox assertion 1} with the configured secret: who checks
 * assertions must not be able to sign offers.
 */
final class Assertion {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private static final String ALGORITHM = "HmacSHA256";
    private static final String NAME = "farebox assertion 1";

    private final SecretKeySpec key;

    Assertion(GateSettings.Secret secret) {
        this.key = new SecretKeySpec(mac(new SecretKeySpec(secret.bytes(), ALGORITHM), NAME), ALGORITHM);
    }

    String of(String method, String path, String paymentId, Instant expires) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("method", method);
        payload.put("path", path);
        payload.put("payment", paymentId);
        payload.put("exp", expires.getEpochSecond());
        String signed = "v1." + ENCODER.encodeToString(Json.write(payload).getBytes(StandardCharsets.US_ASCII));
        return signed + '.' + ENCODER.encodeToString(mac(key, signed));
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
