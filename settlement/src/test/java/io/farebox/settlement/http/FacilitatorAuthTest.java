package io.farebox.settlement.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farebox.testkit.facilitator.SamplePayments;
import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FacilitatorAuthTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final URI VERIFY = URI.create("https://api.example.com/platform/v2/x402/verify");

    @Test
    void bearer_anyRequest_isSent() {
        FacilitatorAuth auth = FacilitatorAuth.bearer("abc");
        assertThat(auth.authorization("POST", VERIFY, NOW)).isEqualTo("Bearer abc");
        assertThat(auth.toString()).doesNotContain("abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\r\nX-Evil: 1", "ä"})
    void bearer_secretThatFitsNoHeader_isRefusedUnquoted(String secret) {
        assertThatThrownBy(() -> FacilitatorAuth.bearer(secret)).hasMessageContaining("bearer secret is empty or");
    }

    @Test
    void cdp_ed25519Of64Bytes_signsWithItsSeed() throws Exception {
        // RFC 8032 §7.1, test 1.
        byte[] seed = HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        byte[] known = HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        byte[] both = Arrays.copyOf(seed, 64);
        System.arraycopy(known, 0, both, 32, 32);
        FacilitatorAuth auth = FacilitatorAuth.cdp("key-1", Base64.getEncoder().encodeToString(both));
        byte[] x509 = HexFormat.of()
                .parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(known));
        PublicKey publicKey = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509));
        assertSigned(auth.authorization("POST", VERIFY, NOW), "EdDSA", "Ed25519", publicKey);
    }

    @Test
    void cdp_ed25519Of32Bytes_signs() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        FacilitatorAuth auth = FacilitatorAuth.cdp("key-1", Base64.getEncoder().encodeToString(seed));
        assertSigned(auth.authorization("POST", VERIFY, NOW), "EdDSA", "Ed25519", pair.getPublic());
    }

    @Test
    void cdp_ecKeyAsPkcs8Pem_signs() throws Exception {
        KeyPair pair = ec();
        FacilitatorAuth auth = FacilitatorAuth.cdp(
                "key-1", pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        assertSigned(
                auth.authorization("POST", VERIFY, NOW), "ES256", "SHA256withECDSAinP1363Format", pair.getPublic());
    }

    @Test
    void cdp_ecKeyAsSec1PemWithEscapedLines_signs() throws Exception {
        KeyPair pair = ec();
        String pem = pem("EC PRIVATE KEY", sec1((ECPrivateKey) pair.getPrivate()));
        FacilitatorAuth auth = FacilitatorAuth.cdp("key-1", pem.replace("\n", "\\n"));
        assertSigned(
                auth.authorization("POST", VERIFY, NOW), "ES256", "SHA256withECDSAinP1363Format", pair.getPublic());
    }

    @Test
    void cdp_eachRequest_isBoundToItsMethodAndTarget() {
        FacilitatorAuth auth = FacilitatorAuth.cdp("key-1", Base64.getEncoder().encodeToString(new byte[32]));
        JsonObject claims = part(auth.authorization("POST", VERIFY, NOW), 1);
        assertThat(claims.members().get("uris")).isEqualTo(List.of("POST api.example.com/platform/v2/x402/verify"));
        assertThat(claims.string("sub")).isEqualTo("key-1");
        assertThat(claims.string("iss")).isEqualTo("cdp");
        assertThat(claims.integer("nbf")).isEqualTo(NOW.getEpochSecond());
        assertThat(claims.integer("exp")).isEqualTo(NOW.getEpochSecond() + 120);
    }

    @Test
    void cdp_twoRequests_haveDifferentNonces() {
        FacilitatorAuth auth = FacilitatorAuth.cdp("key-1", Base64.getEncoder().encodeToString(new byte[32]));
        String first = part(auth.authorization("POST", VERIFY, NOW), 0).string("nonce");
        assertThat(part(auth.authorization("POST", VERIFY, NOW), 0).string("nonce"))
                .isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not a key", "c2hvcnQ=", "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END-----"})
    void cdp_noKey_isRefusedUnquoted(String secret) {
        assertThatThrownBy(() -> FacilitatorAuth.cdp("key-1", secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the CDP key secret is neither")
                .hasNoCause();
    }

    @Test
    void calls_withAuth_carryItOnVerifySettleAndSupported() {
        try (StubFacilitator stub = StubFacilitator.start();
                HttpFacilitator facilitator = new HttpFacilitator(
                        FacilitatorSettings.of("cdp", stub.url())
                                .withAuth(FacilitatorAuth.cdp(
                                        "key-1", Base64.getEncoder().encodeToString(new byte[32]))),
                        SamplePayments.V1_NAMES,
                        InstantSource.fixed(NOW))) {
            facilitator.load();
            facilitator.verify(SamplePayments.evm(2, 1));
            facilitator.settle(SamplePayments.evm(2, 1));
            String host = stub.url().getAuthority();
            assertThat(stub.requests())
                    .extracting(request -> part(request.headers().get("Authorization"), 1)
                            .members()
                            .get("uris"))
                    .containsExactly(
                            List.of("GET " + host + "/supported"),
                            List.of("POST " + host + "/verify"),
                            List.of("POST " + host + "/settle"));
        }
    }

    private static KeyPair ec() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    /** ECPrivateKey of RFC 5915: version 1, the key, the curve. */
    private static byte[] sec1(ECPrivateKey key) throws Exception {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        assertThat(key.getParams().getOrder())
                .isEqualTo(parameters.getParameterSpec(ECParameterSpec.class).getOrder());
        String scalar = "%064x".formatted(new BigInteger(1, key.getS().toByteArray()));
        return HexFormat.of().parseHex("30310201010420" + scalar + "a00a06082a8648ce3d030107");
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + type + "-----\n";
    }

    private static JsonObject part(String authorization, int index) {
        String[] parts = authorization.substring("Bearer ".length()).split("\\.");
        return Json.readObject(Base64.getUrlDecoder().decode(parts[index]));
    }

    private static void assertSigned(String authorization, String algorithm, String signature, PublicKey key)
            throws Exception {
        assertThat(part(authorization, 0).string("alg")).isEqualTo(algorithm);
        String jwt = authorization.substring("Bearer ".length());
        int dot = jwt.lastIndexOf('.');
        Signature verifier = Signature.getInstance(signature);
        verifier.initVerify(key);
        verifier.update(jwt.substring(0, dot).getBytes(StandardCharsets.US_ASCII));
        assertThat(verifier.verify(Base64.getUrlDecoder().decode(jwt.substring(dot + 1))))
                .isTrue();
    }
}
