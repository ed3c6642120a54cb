package io.farebox.settlement.http;

import io.farebox.x402.json.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** See {@link FacilitatorAuth#cdp}. A JWT holds for one method, host and path, so a leaked one is of little use. */
final class CdpAuth implements FacilitatorAuth {
    private static final Duration LIFE = Duration.ofMinutes(2);
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final String keyId;
    private final CdpKey key;
    private final SecureRandom random = new SecureRandom();

    private CdpAuth(String keyId, CdpKey key) {
        this.keyId = keyId;
        this.key = key;
    }

    static CdpAuth of(String keyId, String keySecret) {
        if (keyId.isBlank()) throw new IllegalArgumentException("the CDP key id is empty");
        return new CdpAuth(keyId, CdpKey.read(keySecret));
    }

    @Override
    public String authorization(String method, URI endpoint, Instant now) {
        String signed = part(header()) + '.' + part(claims(method, endpoint, now.getEpochSecond()));
        byte[] signature = key.sign(signed.getBytes(StandardCharsets.US_ASCII));
        return "Bearer " + signed + '.' + BASE64.encodeToString(signature);
    }

    private Map<String, Object> header() {
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", key.algorithm());
        header.put("kid", keyId);
        header.put("typ", "JWT");
        header.put("nonce", HexFormat.of().formatHex(nonce));
        return header;
    }

    private Map<String, Object> claims(String method, URI endpoint, long now) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", keyId);
        claims.put("iss", "cdp");
        claims.put("uris", List.of(method + ' ' + endpoint.getRawAuthority() + endpoint.getRawPath()));
        claims.put("iat", now);
        claims.put("nbf", now);
        claims.put("exp", now + LIFE.toSeconds());
        return claims;
    }

    private static String part(Map<String, Object> json) {
        return BASE64.encodeToString(Json.write(json).getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "CdpAuth[…]";
    }
}
