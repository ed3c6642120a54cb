package io.farebox.interop;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.GateEvent;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PaymentState;
import io.farebox.testkit.facilitator.Acts;
import io.farebox.testkit.facilitator.Exchange;
import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.x402.json.Base64Json;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Solana payments through a facilitator's stub, with transactions that {@code @x402/svm} makes from our own 402. */
class SolanaPaymentTest {
    private static final String PAYEE = "GyGKxMyg1p9SsHfm15MkNUu1u9TN2JtTspcdmrtGUdse";

    @TempDir
    private Path folder;

    private final StubFacilitator facilitator = StubFacilitator.start().supports(Supported.everything());
    private PricedServer server;

    @BeforeAll
    static void prepare() {
        Node.prepare();
    }

    @BeforeEach
    void open() {
        server = new PricedServer(yaml(), folder);
    }

    @AfterEach
    void close() {
        server.close();
        facilitator.close();
    }

    @Test
    void challenge_namesTheFeePayerOfTheFacilitator() {
        Golden challenge = challenge().isSound(1, 1);
        for (JsonObject each : List.of(challenge.body(), challenge.header())) {
            JsonObject option = each.objects("accepts").getFirst();
            assertThat(option.object("extra").string("feePayer")).isEqualTo(Supported.FEE_PAYER);
            assertThat(option.string("payTo")).isEqualTo(PAYEE);
        }
    }

    @Test
    void payment_madeByTheReferenceClient_isVerifiedAndSettled() {
        JsonObject made = made();
        Response answer = pay(made.object("header").string("value"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.asString()).contains("celsius");
        JsonObject receipt = Base64Json.decode(answer.header("PAYMENT-RESPONSE"));
        assertThat(receipt.bool("success")).isTrue();
        assertThat(receipt.string("network")).isEqualTo(Supported.SOLANA_DEVNET);
        assertThat(receipt.string("transaction")).hasSizeBetween(64, 88);
        assertThat(transactionsAsked("/verify")).containsExactly(transaction(made));
        assertThat(transactionsAsked("/settle")).containsExactly(transaction(made));
        PaymentRecord row = server.farebox().book().find(key(made)).orElseThrow();
        assertThat(row.state()).isEqualTo(PaymentState.SETTLED);
        assertThat(row.payer()).isEqualTo(made.string("payer"));
    }

    @Test
    void payment_inVersion1_isVerifiedAndSettled() {
        String header = Base64Json.encode(Json.write(Map.of(
                "x402Version",
                1,
                "scheme",
                "exact",
                "network",
                "solana-devnet",
                "payload",
                Map.of("transaction", transaction(made())))));
        Response answer = given().header("X-PAYMENT", header).get(server.url("/weather"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Base64Json.decode(answer.header("X-PAYMENT-RESPONSE")).bool("success"))
                .isTrue();
        assertThat(facilitator.settleCalls()).isOne();
    }

    @Test
    void replay_facilitatorCallsItUsed_is409WithTheReceipt() {
        String header = made().object("header").string("value");
        Response paid = pay(header);
        Response again = pay(header);
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.header("PAYMENT-RESPONSE")).isEqualTo(paid.header("PAYMENT-RESPONSE"));
        servedOnce();
    }

    @Test
    void replay_facilitatorCallsItValid_is409() {
        String header = made().object("header").string("value");
        pay(header);
        facilitator.alwaysVerify(Acts.json("{\"isValid\":true,\"payer\":\"" + PAYEE + "\"}"));
        assertThat(pay(header).statusCode()).isEqualTo(409);
        servedOnce();
    }

    @Test
    void replay_headerSpelledOtherwise_is409() {
        JsonObject made = made();
        pay(made.object("header").string("value"));
        Map<String, Object> payload = new LinkedHashMap<>();
        List<String> names =
                new ArrayList<>(made.object("paymentPayload").members().keySet());
        for (String name : names.reversed()) {
            payload.put(name, made.object("paymentPayload").members().get(name));
        }
        String spelled =
                Base64.getEncoder().encodeToString(("\n " + Json.write(payload)).getBytes(StandardCharsets.UTF_8));
        assertThat(spelled).isNotEqualTo(made.object("header").string("value"));
        assertThat(pay(spelled).statusCode()).isEqualTo(409);
        servedOnce();
    }

    /** The fee payer's empty slot is filled with anything: other bytes, the same message. */
    @Test
    void replay_sameMessageInOtherBytes_is409() {
        JsonObject made = made();
        pay(made.object("header").string("value"));
        byte[] bytes = Base64.getDecoder().decode(transaction(made));
        bytes[1] ^= 1;
        assertThat(pay(header(made, Base64.getEncoder().encodeToString(bytes))).statusCode())
                .isEqualTo(409);
        servedOnce();
    }

    @Test
    void replay_withoutThePayersSignature_isToldNothing() {
        JsonObject made = made();
        pay(made.object("header").string("value"));
        facilitator.alwaysVerify(Acts.decline("invalid_exact_svm_payload_signature_invalid"));
        byte[] bytes = Base64.getDecoder().decode(transaction(made));
        bytes[65] ^= 1;
        Response answer = pay(header(made, Base64.getEncoder().encodeToString(bytes)));
        assertThat(answer.statusCode()).isEqualTo(402);
        assertThat(answer.header("PAYMENT-RESPONSE")).isNull();
        servedOnce();
    }

    /** The facilitator calls it used, and only the book knows that its payer has nothing in hand yet. */
    @Test
    void replay_ofWhatIsOwed_isServedAndNotCharged() {
        String header = made("/report").object("header").string("value");
        server.toFail.set(1);
        assertThat(pay("/report", header).statusCode()).isEqualTo(500);
        assertThat(pay("/report", header).statusCode()).isEqualTo(200);
        assertThat(pay("/report", header).statusCode()).isEqualTo(409);
        assertThat(server.runs).hasValue(2);
        assertThat(facilitator.settleCalls()).isOne();
    }

    @Test
    void newTransaction_whenARunIsOwed_isServedAndNotCharged() {
        server.toFail.set(1);
        assertThat(pay("/report", made("/report").object("header").string("value"))
                        .statusCode())
                .isEqualTo(500);
        assertThat(pay("/report", made("/report").object("header").string("value"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(facilitator.settleCalls()).isOne();
        assertThat(facilitator.ledger().charges()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AQ==",
                "no base64",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "truncated",
                "longer"
            })
    void payment_noTransaction_reachesNeitherFacilitatorNorBook(String text) {
        JsonObject made = made();
        String right = transaction(made);
        String wrong = switch (text) {
            case "truncated" -> right.substring(0, right.length() - 8);
            case "longer" -> right + right;
            default -> text;
        };
        assertThat(pay(header(made, wrong)).statusCode()).isIn(400, 402);
        assertThat(facilitator.verifyCalls()).isZero();
        assertThat(facilitator.settleCalls()).isZero();
        nothingClaimed();
    }

    @Test
    void payment_refusedByTheFacilitator_isNotClaimed() {
        facilitator.alwaysVerify(Acts.decline("invalid_exact_svm_payload_recipient_mismatch"));
        JsonObject made = made();
        Response answer = pay(made.object("header").string("value"));
        assertThat(answer.statusCode()).isEqualTo(402);
        assertThat(answer.jsonPath().getString("error")).isEqualTo("invalid_exact_svm_payload_recipient_mismatch");
        nothingClaimed();
        assertThat(server.farebox().book().find(key(made))).isEmpty();
    }

    private Golden challenge() {
        return challenge("/weather");
    }

    private Golden challenge(String path) {
        return new Golden(given().get(server.url(path)));
    }

    private JsonObject made() {
        return made("/weather");
    }

    private JsonObject made(String path) {
        String required = Json.write(challenge(path).header().members());
        List<JsonObject> lines =
                Node.run("svm-payment.mjs", Map.of("REQUIREMENTS", required), "", Duration.ofMinutes(2));
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }

    private Response pay(String header) {
        return pay("/weather", header);
    }

    private Response pay(String path, String header) {
        return given().header("PAYMENT-SIGNATURE", header).get(server.url(path));
    }

    private static String header(JsonObject made, String transaction) {
        Map<String, Object> payload =
                new LinkedHashMap<>(made.object("paymentPayload").members());
        payload.put("payload", Map.of("transaction", transaction));
        return Base64Json.encode(Json.write(payload));
    }

    private static String transaction(JsonObject made) {
        return made.object("paymentPayload").object("payload").string("transaction");
    }

    private static String key(JsonObject made) {
        return "svm:" + Supported.SOLANA_DEVNET + ":" + made.string("messageSha256");
    }

    private List<String> transactionsAsked(String call) {
        return facilitator.requests().stream()
                .filter(exchange -> exchange.target().endsWith(call))
                .map(SolanaPaymentTest::transactionAsked)
                .toList();
    }

    private static String transactionAsked(Exchange exchange) {
        return Json.readObject(exchange.body())
                .object("paymentPayload")
                .object("payload")
                .string("transaction");
    }

    private void servedOnce() {
        assertThat(facilitator.settleCalls()).isOne();
        assertThat(facilitator.ledger().charges()).isOne();
        assertThat(server.runs).hasValue(1);
    }

    private void nothingClaimed() {
        assertThat(server.events()).doesNotHaveAnyElementsOfTypes(GateEvent.Claimed.class);
        assertThat(server.runs).hasValue(0);
    }

    private String yaml() {
        return """
                public-url: http://127.0.0.1
                pay-to: { solana: "%s" }
                accept: [solana-devnet/USDC]
                facilitators: [{ id: stub, url: "%s" }]
                book: { url: "jdbc:h2:file:%s/book" }
                routes:
                  - { id: weather, match: "GET /weather", price: "$0.01" }
                  - { id: report, match: "GET /report", price: "$0.02", flow: upfront }
                """.formatted(PAYEE, facilitator.url(), folder);
    }
}
