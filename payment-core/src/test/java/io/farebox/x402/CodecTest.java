package io.farebox.x402;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farebox.x402.json.Base64Json;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonFormatException;
import io.farebox.x402.json.JsonObject;
import io.farebox.x402.v1.V1Codec;
import io.farebox.x402.v2.V2Codec;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against headers that the reference clients made (x402 1.2.0, @x402/core 2.27.0). */
class CodecTest {
    private static final Network NETWORK = new Network("eip155:84532");
    private static final V1Codec V1 = new V1Codec(Map.of("base-sepolia", NETWORK));
    private static final V2Codec V2 = new V2Codec();

    private final JsonObject vectors = vectors();

    @Test
    void v2_readsTheReferencesHeader() {
        PaymentPayload payment = read(V2, vectors.object("paymentSignature").string("header"));

        assertThat(payment.version()).isEqualTo(2);
        assertThat(payment.network()).isEqualTo(NETWORK);
        assertThat(payment.accepted().amount()).isEqualTo(BigInteger.valueOf(10_000));
        assertThat(payment.resource().description()).isEqualTo("café ☕");
        assertThat(payment.payload()).isInstanceOfSatisfying(SchemePayload.Eip3009.class, p -> {
            assertThat(p.value()).isEqualTo(BigInteger.valueOf(10_000));
            assertThat(p.validBefore()).isEqualTo(BigInteger.valueOf(1796126700L));
        });
    }

    @Test
    void v1_readsTheReferencesHeader() {
        PaymentPayload payment = read(V1, vectors.object("xPayment").string("header"));

        assertThat(payment.version()).isEqualTo(1);
        assertThat(payment.network()).isEqualTo(NETWORK);
        assertThat(payment.accepted()).isNull();
    }

    @Test
    void identity_isTheSameInBothVersions_andWhateverTheCase() {
        PaymentRequirements terms = V2.requirements(vectors.object("paymentRequired")
                .object("json")
                .objects("accepts")
                .getFirst());
        PaymentPayload v1 = read(V1, vectors.object("xPayment").string("header"));
        PaymentPayload v2 = read(V2, vectors.object("paymentSignature").string("header"));
        String upper = Json.write(V2.write(new FacilitatorRequest(v2, terms, v2.resource()), 2))
                .replace("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", "0xF39FD6E51AAD88F6F4CE6AB8827279CFFFB92266");

        String identity = PaymentIdentity.of(v1, terms).orElseThrow();

        assertThat(PaymentIdentity.of(v2, terms)).contains(identity);
        assertThat(PaymentIdentity.of(read(V2, Base64Json.encode(upper)), terms))
                .contains(identity);
        assertThat(identity)
                .isEqualTo("evm3009:eip155:84532:0x036cbd53842c5426634e7929541ec2318f3dcf7e:"
                        + "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266:"
                        + "0xf3746613c2d920b5fdabc0856f2aeb2d4f88ee6037b8cc5d04a71a4462f13480");
    }

    @Test
    void v2_writesTheReferencesReceipt() {
        JsonObject json = vectors.object("paymentResponse").object("json");
        SettleResponse receipt =
                new SettleResponse(true, null, json.string("payer"), json.string("transaction"), NETWORK);
        assertThat(Base64Json.decode(V2.writeReceipt(receipt)).members()).isEqualTo(json.members());
    }

    @Test
    void translation_keepsTheAuthorization() {
        PaymentPayload v2 = read(V2, vectors.object("paymentSignature").string("header"));
        FacilitatorRequest request = new FacilitatorRequest(v2, v2.accepted(), v2.resource());

        JsonObject v1 = Json.readObject(V1.writeFacilitatorRequest(request));

        assertThat(v1.integer("x402Version")).isEqualTo(1);
        assertThat(v1.object("paymentPayload").string("network")).isEqualTo("base-sepolia");
        assertThat(v1.object("paymentPayload").object("payload").members())
                .isEqualTo(vectors.object("xPayment")
                        .object("json")
                        .object("payload")
                        .members());
        assertThat(v1.object("paymentRequirements").string("maxAmountRequired")).isEqualTo("10000");
        assertThat(v1.object("paymentRequirements").members()).doesNotContainKey("outputSchema");
    }

    @Test
    void storedPayment_comesBackEqual() {
        PaymentPayload v2 = read(V2, vectors.object("paymentSignature").string("header"));
        FacilitatorRequest request = new FacilitatorRequest(v2, v2.accepted(), v2.resource());
        assertThat(StoredPayment.read(StoredPayment.write(request))).isEqualTo(request);
    }

    @Test
    void extensionsOfTheClient_areReadAndNeverWritten() {
        PaymentPayload echoing = read(V2, withExtensions("{\"bazaar\":{\"info\":{\"input\":{\"type\":\"evil\"}}}}"));
        assertThat(echoing.extensions()).containsKey("bazaar");
        var ours = new Discovery("GET", "/w/:city", null, null, null, null);
        var request = new FacilitatorRequest(echoing, echoing.accepted(), echoing.resource(), ours);

        assertThat(StoredPayment.write(request)).doesNotContain("extensions");
        assertThat(V2.writeFacilitatorRequest(request)).contains("/w/:city").doesNotContain("evil");
        assertThat(V2.writeFacilitatorRequest(new FacilitatorRequest(echoing, echoing.accepted(), echoing.resource())))
                .doesNotContain("extensions");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{\"a\":null}", "{\"a\":[1,{\"b\":[]}],\"bazaar\":7}"})
    void extensionsOfAnyKind_areNoHindrance(String extensions) {
        assertThat(read(V2, withExtensions(extensions)).accepted()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"text\"", "[]", "{\"a\":1,\"a\":2}", "{\"a\":1e999}"})
    void extensionsThatAreNone_areMalformed(String extensions) {
        assertThat(V2.readPayment(withExtensions(extensions))).isInstanceOf(HeaderReading.Malformed.class);
    }

    @Test
    void extensionsBeyondBounds_areMalformed() {
        String deep = "{\"a\":".repeat(40) + "1" + "}".repeat(40);
        String long16k = "{\"a\":\"" + "x".repeat(16 * 1024) + "\"}";
        assertThat(V2.readPayment(withExtensions(deep))).isInstanceOf(HeaderReading.Malformed.class);
        assertThat(V2.readPayment(withExtensions(long16k))).isInstanceOf(HeaderReading.Malformed.class);
    }

    private String withExtensions(String extensions) {
        Map<String, Object> members = new LinkedHashMap<>(
                Base64Json.decode(vectors.object("paymentSignature").string("header"))
                        .members());
        members.remove("extensions");
        String json = Json.write(members);
        return Base64Json.encode(json.substring(0, json.length() - 1) + ",\"extensions\":" + extensions + "}");
    }

    @Test
    void headers_areAscii() {
        PaymentPayload v2 = read(V2, vectors.object("paymentSignature").string("header"));
        String json = Json.write(V2.write(new FacilitatorRequest(v2, v2.accepted(), v2.resource()), 2));
        assertThat(json).isASCII().containsIgnoringCase("caf\\u00e9");
    }

    @Test
    void urlAlphabetAndMissingPadding_areRead() {
        String header = vectors.object("paymentSignature").string("header");
        String url = header.replace('+', '-').replace('/', '_').replace("=", "");
        assertThat(read(V2, url)).isEqualTo(read(V2, header));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+10000",
                "010000",
                "-10000",
                "-0",
                "1e4",
                "0x2710",
                " 10000",
                "10_000",
                "10000.0",
                "１００００",
                "١٠",
                "",
                "115792089237316195423570985008687907853269984665640564039457584007913129639936"
            })
    void amount_otherSpellings_areRefused(String value) {
        assertThat(AtomicAmount.parse(value)).isEmpty();
        String json = vectors.object("xPayment").object("json").members().toString();
        assertThat(json).contains("10000");
        assertThat(V1.readPayment(withValue(Json.write(value)))).isInstanceOf(HeaderReading.Malformed.class);
    }

    @Test
    void amount_asNumber_isRefused() {
        assertThat(V1.readPayment(withValue("10000"))).isInstanceOf(HeaderReading.Malformed.class);
        assertThat(V1.readPayment(withValue("\"10000\""))).isInstanceOf(HeaderReading.Read.class);
    }

    @Test
    void duplicateKeys_areRefused() {
        assertThat(V1.readPayment(withValue("\"1\",\"value\":\"10000\""))).isInstanceOf(HeaderReading.Malformed.class);
        assertThat(V1.readPayment(withValue("\"10000\",\"VALUE\":\"1\""))).isInstanceOf(HeaderReading.Read.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "[]", "\"x\"", "1", "true", "{}", "", "{", "{}{}", "{\"x402Version\":\"1\"}", "\uFEFF{}"
            })
    void notAPayment_isMalformed(String json) {
        String header = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        assertThat(V1.readPayment(header)).isInstanceOf(HeaderReading.Malformed.class);
        assertThat(V2.readPayment(header)).isInstanceOf(HeaderReading.Malformed.class);
    }

    @Test
    void bombs_areMalformed() {
        String deep = "[".repeat(1_001);
        String wide = "{\"a\":" + "9".repeat(1_001) + "}";
        String utf16 = Base64.getEncoder().encodeToString("{}".getBytes(StandardCharsets.UTF_16));
        String overlong = Base64.getEncoder().encodeToString(new byte[] {'{', '"', (byte) 0xC0, (byte) 0xAF, '"'});
        for (String header : new String[] {Base64Json.encode(deep), Base64Json.encode(wide), utf16, overlong}) {
            assertThat(V2.readPayment(header)).isInstanceOf(HeaderReading.Malformed.class);
        }
    }

    @Test
    void numbersBeyondUse_areRefused() {
        for (String number : new String[] {"1e99999999999", "1e-99999999999", "9".repeat(70) + "e999", "1.5e80"}) {
            assertThatThrownBy(() -> Json.readObject("{\"x\":" + number + "}")).isInstanceOf(JsonFormatException.class);
        }
        assertThat(Json.readObject("{\"x\":1.5e3}").members()).containsKey("x");
    }

    @Test
    void versions_areNotConfused() {
        assertThat(V1.readPayment(vectors.object("paymentSignature").string("header")))
                .isEqualTo(new HeaderReading.Malformed("invalid_x402_version"));
        assertThat(V2.readPayment(vectors.object("xPayment").string("header")))
                .isEqualTo(new HeaderReading.Malformed("invalid_x402_version"));
    }

    private String withValue(String json) {
        String text = Json.write(vectors.object("xPayment").object("json").members());
        return Base64Json.encode(text.replace("\"value\":\"10000\"", "\"value\":" + json));
    }

    private static PaymentPayload read(WireCodec codec, String header) {
        assertThat(codec.readPayment(header)).isInstanceOf(HeaderReading.Read.class);
        return ((HeaderReading.Read) codec.readPayment(header)).payment();
    }

    private static JsonObject vectors() {
        try (var in = CodecTest.class.getResourceAsStream("/vectors/generated-headers.json")) {
            return Json.readObject(in.readAllBytes());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
