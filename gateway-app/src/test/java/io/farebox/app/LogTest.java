package io.farebox.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Header;
import io.farebox.testkit.facilitator.Act;
import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.testkit.host.RawHttp;
import io.farebox.testkit.pay.PayingClient;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is in the log, and what is not. */
class LogTest {
    private static final String PLANTED = "Zf9PlantedSecretValue7";
    private static final String PRIVATE_KEY = "0x" + "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318";
    private static final String SIGNATURE = "0x" + "1b".repeat(65);
    private static final String TRANSACTION = "0x" + "ab".repeat(32);

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final PrintStream before = System.out;
    private RawUpstream upstream;
    private StubFacilitator facilitator;

    @BeforeEach
    void start() throws IOException {
        System.setOut(new PrintStream(console, true, StandardCharsets.UTF_8));
        upstream = RawUpstream.start();
        facilitator = StubFacilitator.start();
    }

    @AfterEach
    void stop() {
        System.setOut(before);
        facilitator.close();
        upstream.close();
    }

    private App app(String... more) throws IOException {
        Path prices = App.prices(
                folder,
                facilitator.url(),
                "upstream: { url: \"" + upstream.url() + "\" }\n"
                        + "networks: { base-sepolia: { rpc: [\"https://rpc.example/v2/" + PLANTED + "?k=1\"] } }\n"
                        + "secret: \"" + PLANTED + PLANTED + "\"");
        return App.start(prices, more);
    }

    private String log() {
        return console.toString(StandardCharsets.UTF_8);
    }

    private static void sayEverything() {
        Logger log = LoggerFactory.getLogger(LogTest.class);
        for (String text : List.of(
                "X-PAYMENT: " + PLANTED + " and more " + PLANTED,
                "headers {PAYMENT-SIGNATURE=[" + PLANTED + "], Authorization=[Basic " + PLANTED + "]}",
                "\"Authorization\": \"Bearer " + PLANTED + "\"",
                "sent Bearer " + PLANTED,
                "Cookie: a=" + PLANTED + "; b=" + PLANTED,
                "jdbc:postgresql://u:" + PLANTED + "@h/db?password=" + PLANTED,
                "https://rpc.example/v2/" + PLANTED,
                "GET https://rpc.example/x?" + PLANTED,
                "wss://rpc.example/?apikey=" + PLANTED + "&x=1",
                "{\"privateKey\":\"" + PLANTED + "\",\"secret\" : \"" + PLANTED + "\"}",
                "key " + PRIVATE_KEY + " and " + PRIVATE_KEY.substring(2),
                "signature " + SIGNATURE,
                "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE" + PLANTED + "\n-----END EC PRIVATE KEY-----",
                "payload eyJ4NDAyVmVyc2lvbiI6Miwicm" + PLANTED + "==",
                "plainly " + PLANTED + PLANTED)) {
            log.warn("said: {}", text);
            log.warn("thrown", new IllegalStateException(text, new IOException(text)));
            log.atWarn().addKeyValue("field", text).log("as a field");
            Exception suppressing = new Exception("outer");
            suppressing.addSuppressed(new Exception(text));
            log.error("suppressed", suppressing);
        }
        log.warn("transaction {} of 0x209693Bc6afc0C5328bA36FaF03C514EF312287C", TRANSACTION);
        log.atWarn().addKeyValue("farebox.transaction", TRANSACTION).log("farebox.yaml:9 secret: is not set. Set it.");
    }

    private void requireClean() {
        assertThat(log()).doesNotContain(PLANTED, PRIVATE_KEY.substring(2), SIGNATURE);
        assertThat(log())
                .contains("transaction " + TRANSACTION)
                .contains("0x209693Bc6afc0C5328bA36FaF03C514EF312287C")
                .contains("farebox.yaml:9 secret: is not set. Set it.")
                .contains("https://rpc.example/");
    }

    @Test
    void json_isTheDefault_andShowsNoSecret() throws IOException {
        try (App app = app()) {
            console.reset();
            sayEverything();
            requireClean();
            for (String line : log().lines().toList()) {
                JsonObject object = Json.readObject(line.getBytes(StandardCharsets.UTF_8));
                assertThat(object.members()).containsKeys("@timestamp", "message", "log");
            }
            assertThat(log()).contains("java.io.IOException", "\"transaction\":\"" + TRANSACTION);
        }
    }

    @Test
    void plainText_whenAskedFor_showsNoSecretEither() throws IOException {
        try (App app = app("--logging.structured.format.console=")) {
            console.reset();
            sayEverything();
            requireClean();
            assertThat(log())
                    .doesNotContain("{\"@")
                    .contains("Caused by: java.io.IOException", "\tat io.farebox.app.LogTest");
            assertThat(log()).contains("farebox.transaction=\"" + TRANSACTION);
        }
    }

    @Test
    void payments_areToldInFields() throws Exception {
        try (App app = app("--logging.level.io.farebox.payments=INFO");
                PayingClient payer = App.payer()) {
            assertThat(payer.get(app.base().resolve("/paid/x")).status()).isEqualTo(200);
            facilitator.onSettle(new Act.Lose(Act.Loss.RESET, true));
            payer.get(app.base().resolve("/paid/y"));
        }
        JsonObject settled = line("payment_settled");
        JsonObject facts = settled.object("farebox");
        assertThat(settled.string("message")).isEqualTo("charged");
        assertThat(facts.string("route")).isEqualTo("paid");
        assertThat(facts.string("amount")).isEqualTo("10000");
        assertThat(facts.string("network")).isEqualTo("eip155:84532");
        assertThat(facts.string("payment")).isNotEmpty();
        assertThat(line("settle_unknown").object("farebox").string("facilitator"))
                .isEqualTo("stub");
    }

    private JsonObject line(String action) {
        return log().lines()
                .filter(line -> line.contains("\"action\":\"" + action + "\""))
                .findFirst()
                .map(line -> Json.readObject(line.getBytes(StandardCharsets.UTF_8)))
                .orElseThrow(() -> new AssertionError("no " + action + " in " + log()));
    }

    /** Everything there is to be said, and still no credential. */
    @Test
    void trace_showsNoCredential() throws Exception {
        String[] planted = new String[1];
        try (App app = app("--logging.level.root=TRACE", "--logging.level.ch.qos=OFF");
                PayingClient payer = App.payer()) {
            RawHttp.get(
                    app.base(),
                    "/free",
                    new Header("Authorization", "Bearer " + PLANTED),
                    new Header("X-PAYMENT-TOKEN", PLANTED),
                    new Header("Cookie", "session=" + PLANTED));
            RawHttp.get(app.base(), "/paid/x", new Header("X-PAYMENT", PLANTED));
            planted[0] = payer.get(app.base().resolve("/paid/x")).payment().orElseThrow();
        }
        assertThat(log().length()).isGreaterThan(100_000);
        assertThat(log().lines().filter(line -> line.contains(PLANTED) || line.contains(planted[0])))
                .isEmpty();
        String signature = Rows.signature(planted[0]);
        assertThat(log()).doesNotContain(signature, signature.substring(2));
    }
}
