package io.farebox.interop;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.testkit.host.FreePort;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import io.restassured.response.Response;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One server settles for another one, which knows it as a facilitator with a URL. */
@Tag("long")
class OwnServedTest {
    private static final String PAYEE = "0x209693Bc6afc0C5328bA36FaF03C514EF312287C";
    private static final String CREDENTIAL = "0123456789abcdef01234567";
    private static final BigInteger PRICE = BigInteger.valueOf(10_000);

    private static Chain chain;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        chain = Chain.start(84532);
    }

    @AfterAll
    static void stop() {
        chain.close();
    }

    private PricedServer settler(int port, String more) {
        return new PricedServer(
                """
                public-url: http://127.0.0.1
                pay-to: { eip155: "%s" }
                accept: [base-sepolia/USDC]
                facilitators: [{ id: own, chain: { key-file: "%s", serve: { port: %d%s } } }]
                networks: { base-sepolia: { rpc: ["%s"], confirmations: 1 } }
                book: { url: "jdbc:h2:file:%s/settler" }
                routes: [{ id: weather, match: "GET /weather", price: "$0.01" }]
                """.formatted(PAYEE, KeyFiles.write(folder, chain.own()), port, more, chain.rpc(), folder), folder);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"client-x402-fetch.mjs, v1", "client-x402-v2.mjs, v2"})
    void paidAtAnotherServer_moneyMoves(String client, String schemes) throws IOException {
        int port = FreePort.find();
        String shop = """
                public-url: http://127.0.0.1
                pay-to: { eip155: "%s" }
                accept: [base-sepolia/USDC]
                facilitators: [{ id: friend, url: "http://127.0.0.1:%d", auth: { type: bearer, value: %s } }]
                book: { url: "jdbc:h2:file:%s/shop" }
                routes: [{ id: weather, match: "GET /weather", price: "$0.01" }]
                """.formatted(PAYEE, port, CREDENTIAL, folder);
        try (PricedServer settler = settler(port, ", credential: " + CREDENTIAL);
                PricedServer server = new PricedServer(shop, folder)) {
            BigInteger earned = chain.balance(PAYEE);
            List<JsonObject> answers = Node.run(
                    client,
                    Map.of(
                            "URL",
                            server.url("/weather"),
                            "PRIVATE_KEY",
                            chain.payer(0).privateKey(),
                            "CHAIN_ID",
                            "84532",
                            "SCHEMES",
                            schemes),
                    "",
                    Duration.ofMinutes(2));

            assertThat(answers.getFirst().members()).as("%s", answers).containsEntry("status", 200L);
            assertThat(chain.balance(PAYEE).subtract(earned)).isEqualTo(PRICE);
            assertThat(server.runs).hasValue(1);
            assertThat(settler.runs).hasValue(0);
        }
    }

    @Test
    void api_needsItsCredentialAndReadableRequests() throws IOException {
        int port = FreePort.find();
        String url = "http://127.0.0.1:" + port;
        try (PricedServer settler = settler(port, ", credential: " + CREDENTIAL)) {
            assertThat(given().get(url + "/supported").statusCode()).isEqualTo(401);
            assertThat(given().header("Authorization", "Bearer " + CREDENTIAL + "0")
                            .get(url + "/supported")
                            .statusCode())
                    .isEqualTo(401);
            JsonObject supported =
                    Json.readObject(allowed().get(url + "/supported").asByteArray());
            assertThat(supported.objects("kinds"))
                    .extracting(kind -> kind.integer("x402Version") + " " + kind.string("network"))
                    .containsExactlyInAnyOrder("2 eip155:84532", "1 base-sepolia");
            assertThat(supported.object("signers").members())
                    .containsEntry("eip155:*", List.of(chain.own().address()));
            assertThat(post(url, "application/json", "{\"x402Version\":2}").statusCode())
                    .isEqualTo(400);
            assertThat(post(url, "application/json", "[".repeat(2_000)).statusCode())
                    .isEqualTo(400);
            assertThat(post(url, "application/json", " ".repeat(70_000)).statusCode())
                    .isEqualTo(413);
            assertThat(post(url, "text/plain", "{}").statusCode())
                    .as("a page could send it")
                    .isEqualTo(415);
            assertThat(allowed().get(url + "/other").statusCode()).isEqualTo(404);
        }
    }

    private static io.restassured.specification.RequestSpecification allowed() {
        return given().header("Authorization", "Bearer " + CREDENTIAL);
    }

    private static Response post(String url, String type, String body) {
        return allowed().contentType(type).body(body).post(url + "/verify");
    }
}
