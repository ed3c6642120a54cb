package io.farebox.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.farebox.settlement.Shop.Request;
import io.farebox.testkit.facilitator.Exchange;
import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What catalogues are told: in the challenge for both versions, and to the facilitator. */
@Timeout(60)
class DiscoveryTest {
    private static final Path GOLDEN = Path.of("src/test/resources/discovery");
    private static final String V1_ONLY =
            "{\"kinds\":[{\"x402Version\":1,\"scheme\":\"exact\",\"network\":\"base-sepolia\"}]}";

    private static final String ROUTES = """
            routes:
              - id: weather
                match: "GET /weather/{city}"
                price: "$0.01"
                description: The weather of a city
                mime-type: application/json
                discovery:
                  input:
                    path: { example: { city: oslo }, schema: { properties: { city: { type: string } } } }
                    query:
                      example: { units: metric, days: 3 }
                      schema:
                        properties:
                          units: { type: string, enum: [metric, imperial] }
                          days: { type: integer, minimum: 1 }
                        required: [units]
                  output:
                    example: { celsius: 21.5, sky: [clear] }
                    schema: { properties: { celsius: { type: number } }, required: [celsius] }
              - id: reports
                match: "POST /reports"
                price: "$0.01"
                discovery:
                  input:
                    query: { schema: { properties: { lang: { type: string } }, required: [lang] } }
                    body:
                      example: { topic: "caf\u00e9", pages: 2 }
                      schema: { properties: { topic: { type: string } }, required: [topic] }
                  output: { example: [1, 2] }
              - { id: form, match: "PUT /form", price: "$0.01", discovery: { input: { body: { type: form-data, example: { a: b } } } } }
              - { id: text, match: "PATCH /text", price: "$0.01", discovery: { input: { body: { type: text, example: hello } }, output: { example: done } } }
              - { id: bare, match: "/bare", price: "$0.01", discovery: {} }
              - { id: deep, match: "DELETE /deep/*/{id}/**", price: "$0.01", discovery: {} }
              - { id: shy, match: "GET /shy", price: "$0.01", discovery: { enabled: false } }
              - { id: plain, match: "GET /plain", price: "$0.01" }
            """;

    @TempDir
    private Path folder;

    private final StubFacilitator facilitator = StubFacilitator.start();

    @AfterEach
    void stop() {
        facilitator.close();
    }

    @ParameterizedTest
    @CsvSource({"weather, GET, /weather/bergen", "reports, POST, /reports"})
    void challenge_isTheGoldenOne(String name, String method, String path) throws IOException {
        try (Shop shop = open(ROUTES)) {
            Request request = Request.get(path).method(method);
            isGolden(name + ".header.json", shop.challenge(request).members());
            isGolden(
                    name + ".body.json",
                    Json.readObject(shop.answer(request).body()).members());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /weather/bergen, queryParams",
        "POST, /reports, body",
        "PUT, /form, body",
        "PATCH, /text, body",
        "GET, /bare, queryParams",
        "DELETE, /deep/a/b/c, queryParams"
    })
    void info_meetsItsOwnSchema(String method, String path, String part) {
        try (Shop shop = open(ROUTES)) {
            JsonObject bazaar = bazaar(shop.challenge(Request.get(path).method(method)));
            JsonObject info = bazaar.object("info");
            JsonObject input = info.object("input");
            assertThat(input.members())
                    .containsEntry("type", "http")
                    .containsEntry("method", method)
                    .containsKey(part);
            assertThat(bazaar.object("schema").string("$schema"))
                    .isEqualTo("https://json-schema.org/draft/2020-12/schema");
            assertThat(violations(bazaar.object("schema"), info.members())).isEmpty();

            assertThat(violations(bazaar.object("schema"), Map.of("input", without(input, "method"))))
                    .as("the schema is no empty word")
                    .isNotEmpty();
            assertThat(violations(bazaar.object("schema"), Map.of("input", with(input, "more", 1L))))
                    .isNotEmpty();
        }
    }

    @Test
    void schema_holdsTheOwnersSchema() {
        try (Shop shop = open(ROUTES)) {
            JsonObject bazaar = bazaar(shop.challenge(Request.get("/weather/bergen")));
            JsonObject input = bazaar.object("info").object("input");
            Map<String, Object> wrong = with(input, "queryParams", Map.of("units", "nautical"));
            assertThat(violations(bazaar.object("schema"), Map.of("input", wrong)))
                    .isNotEmpty();
        }
    }

    @Test
    void template_isThePathAsClientsSeeIt() {
        try (Shop shop = open("public-url: https://example.com/api\n" + ROUTES)) {
            JsonObject challenge = shop.challenge(Request.get("/weather/bergen").in("/shop"));
            assertThat(challenge.object("resource").string("url"))
                    .isEqualTo("https://example.com/api/shop/weather/bergen");
            assertThat(bazaar(challenge).string("routeTemplate")).isEqualTo("/api/shop/weather/:city");
            shop.buy(Request.get("/weather/bergen").in("/shop"), null);
            assertThat(bazaar(sent("/settle").object("paymentPayload")).string("routeTemplate"))
                    .isEqualTo("/api/shop/weather/:city");
        }
    }

    @ParameterizedTest
    @CsvSource({"/plain", "/shy"})
    void routeThatSaysNothing_isRenderedAsEver(String path) {
        try (Shop shop = open(ROUTES)) {
            assertThat(shop.challenge(Request.get(path)).object("extensions").members())
                    .containsOnlyKeys("payment-identifier");
            assertThat(new String(shop.answer(Request.get(path)).body())).doesNotContain("outputSchema");
            shop.buy(Request.get(path), null);
            assertThat(facilitator.requests())
                    .noneMatch(request -> request.body().contains("bazaar"));
        }
    }

    @Test
    void facilitator_isToldOurs_whateverTheClientSendsBack() {
        try (Shop shop = open(ROUTES)) {
            Object ours = bazaar(shop.challenge(Request.get("/weather/bergen"))).members();
            Map<String, Object> forged = Map.of(
                    "bazaar",
                    Map.of("info", Map.of("input", Map.of("type", "evil")), "routeTemplate", "/evil"),
                    "evil",
                    Map.of("deep", List.of(Map.of("a", 1L))));
            shop.buy(Request.get("/weather/bergen"), forged);
            for (String call : List.of("/verify", "/settle")) {
                JsonObject payload = sent(call).object("paymentPayload");
                assertThat(payload.object("extensions").members()).as(call).containsOnlyKeys("bazaar");
                assertThat(bazaar(payload).members()).as(call).isEqualTo(ours);
                assertThat(payload.object("resource").members())
                        .containsEntry("url", "https://api.example.com/weather/bergen")
                        .containsEntry("description", "The weather of a city")
                        .containsEntry("mimeType", "application/json");
            }
            assertThat(facilitator.requests())
                    .noneMatch(request -> request.body().contains("evil"));
        }
    }

    @Test
    void facilitator_isToldOurs_ifTheClientSendsNothingBack() {
        try (Shop shop = open(ROUTES)) {
            shop.buy(Request.get("/weather/bergen"), null);
            assertThat(bazaar(sent("/settle").object("paymentPayload")).string("routeTemplate"))
                    .isEqualTo("/weather/:city");
        }
    }

    @Test
    void facilitatorOfVersion1_isToldInItsTerms() {
        facilitator.supports(V1_ONLY);
        try (Shop shop = open(ROUTES)) {
            awaitSupported();
            shop.buy(Request.get("/weather/bergen"), Map.of());
            JsonObject terms = sent("/settle").object("paymentRequirements");
            JsonObject input = terms.object("outputSchema").object("input");
            assertThat(input.members())
                    .containsEntry("method", "GET")
                    .containsEntry("discoverable", true)
                    .containsKey("queryParams");
            assertThat(sent("/settle").object("paymentPayload").members()).doesNotContainKey("extensions");
        }
    }

    @Test
    void headerThatWouldBeTooLong_losesDiscoveryBeforeAnyAsset() {
        String large = "{ output: { example: { text: \"" + "x".repeat(1_900) + "\" } } }";
        String route = """
                accept: [base-sepolia/USDC, polygon-amoy/USDC, avalanche-fuji/USDC, sei-testnet/USDC]
                routes:
                  - { id: a, match: "GET /few", price: "$0.01", accept: [base-sepolia/USDC], discovery: %s }
                  - { id: b, match: "GET /many", price: "$0.01", description: "%s", discovery: %s }
                """.formatted(large, "d".repeat(500), large);
        try (Shop shop = open(route)) {
            assertThat(shop.challenge(Request.get("/few")).object("extensions").members())
                    .containsKey("bazaar");
            JsonObject many = shop.challenge(Request.get("/many"));
            assertThat(many.object("extensions").members()).doesNotContainKey("bazaar");
            assertThat(many.objects("accepts")).hasSize(4);
            for (String path : List.of("/few", "/many")) {
                assertThat(Shop.header(shop.answer(Request.get(path)), "PAYMENT-REQUIRED"))
                        .hasSizeLessThan(6 * 1024);
            }
            assertThat(new String(shop.answer(Request.get("/many")).body())).contains("outputSchema");
            shop.buy(Request.get("/many"), null);
            assertThat(sent("/settle").object("paymentPayload").members()).containsKey("extensions");
        }
    }

    private Shop open(String yaml) {
        return new Shop(folder, facilitator, yaml);
    }

    private void awaitSupported() {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (facilitator.supportedCalls() == 0 && System.nanoTime() < deadline) Thread.onSpinWait();
    }

    private JsonObject sent(String call) {
        Exchange last = facilitator.requests().stream()
                .filter(request -> request.target().endsWith(call))
                .reduce((first, second) -> second)
                .orElseThrow();
        return Json.readObject(last.body());
    }

    private static JsonObject bazaar(JsonObject of) {
        return of.object("extensions").object("bazaar");
    }

    private static List<?> violations(JsonObject schema, Map<String, Object> info) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Json.write(schema.members()))
                .validate(Json.write(info), InputFormat.JSON);
    }

    private static Map<String, Object> with(JsonObject object, String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(object.members());
        changed.put(name, value);
        return changed;
    }

    private static Map<String, Object> without(JsonObject object, String name) {
        Map<String, Object> changed = new LinkedHashMap<>(object.members());
        changed.remove(name);
        return changed;
    }

    private static void isGolden(String name, Map<String, Object> json) throws IOException {
        Path file = GOLDEN.resolve(name);
        // Signed offers name the moment at which the price list was loaded.
        String text = Json.write(json).replaceAll(",?\"fareboxOffer\":\"[^\"]*\"", "") + "\n";
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, text);
        }
        assertThat(text).as("%s; -Dgolden.write=true writes it", name).isEqualTo(Files.readString(file));
    }
}
