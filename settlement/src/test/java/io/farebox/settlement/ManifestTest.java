package io.farebox.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Decision;
import io.farebox.gate.GateResponse;
import io.farebox.gate.Pause;
import io.farebox.settlement.Shop.Request;
import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /.well-known/x402}: when it is there, and what is in it. */
@Timeout(60)
class ManifestTest {
    private static final Request MANIFEST = Request.get("/.well-known/x402");
    private static final String ON = "discovery: { manifest: true }\n";
    private static final String ROUTES = """
            routes:
              - id: weather
                match: "GET /weather/{city}"
                price: { default: "$0.01", rules: [{ query: { depth: full }, price: "$0.05" }] }
                description: The weather of a city
                mime-type: application/json
                discovery:
                  input: { path: { example: { city: oslo } } }
                  output: { example: { celsius: 21 } }
              - { id: reports, match: "POST /reports", price: "$0.02" }
              - { id: files, match: "/files/**", price: "$0.03" }
              - { id: hidden, match: "GET /hidden", price: "$0.01", discovery: { enabled: false } }
              - { id: health, match: "/health", free: true }
              - { id: rest, match: "/.well-known/**", free: true }
            """;
    private static final String SOLANA_ROUTE =
            "  - { id: sol, match: \"GET /sol\", price: \"$0.01\", accept: [solana-devnet/USDC] }\n";

    @TempDir
    private Path folder;

    private final StubFacilitator facilitator = StubFacilitator.start();

    @AfterEach
    void stop() {
        facilitator.close();
    }

    @Test
    void notAskedFor_isNotThere() {
        try (Shop shop = open(ROUTES)) {
            assertThat(shop.ask(MANIFEST)).isInstanceOf(Decision.Free.class);
        }
    }

    @Test
    void askedFor_listsWhatIsForSale() {
        try (Shop shop = open(ON + ROUTES)) {
            GateResponse answer = shop.answer(MANIFEST);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(Shop.header(answer, "Content-Type")).isEqualTo("application/json");
            assertThat(Shop.header(answer, "Cache-Control")).isEqualTo("public, max-age=60");
            JsonObject manifest = Json.readObject(answer.body());
            assertThat(manifest.integer("version")).isEqualTo(1);
            assertThat(manifest.integer("x402Version")).isEqualTo(2);
            assertThat(manifest.integer("lastUpdated")).isPositive();
            assertThat(manifest.members().get("resources"))
                    .isEqualTo(List.of(
                            "https://api.example.com/weather/:city",
                            "https://api.example.com/reports",
                            "https://api.example.com/files/*"));
            assertThat(manifest.objects("items"))
                    .extracting(item -> item.object("resource").string("url"))
                    .isEqualTo(manifest.members().get("resources"));
        }
    }

    @Test
    void item_saysHowItIsCalledAndPaid() {
        try (Shop shop = open(ON + ROUTES)) {
            List<JsonObject> items = manifest(shop).objects("items");
            JsonObject weather = items.getFirst();
            JsonObject challenge = shop.challenge(Request.get("/weather/oslo"));
            assertThat(withoutExtra(weather))
                    .as("the default price, as the 402 has it")
                    .isEqualTo(withoutExtra(challenge));
            assertThat(weather.objects("accepts").getFirst().object("extra").members())
                    .as("no signature: it would not be of the moment")
                    .isEqualTo(Map.of("name", "USDC", "version", "2"));
            assertThat(weather.string("type")).isEqualTo("http");
            assertThat(weather.object("resource").string("description")).isEqualTo("The weather of a city");
            assertThat(weather.object("input").string("method")).isEqualTo("GET");
            assertThat(weather.object("input").string("routeTemplate")).isEqualTo("/weather/:city");
            assertThat(weather.object("input").object("pathParams").members()).containsKey("examples");
            assertThat(weather.object("output").object("example").integer("celsius"))
                    .isEqualTo(21);
            assertThat(items.get(1).object("input").members()).containsOnlyKeys("method");
            assertThat(items.get(1).object("input").string("method")).isEqualTo("POST");
        }
    }

    @Test
    void head_isAnsweredAsGet_othersAreNot() {
        try (Shop shop = open(ON + ROUTES)) {
            assertThat(shop.answer(MANIFEST.method("HEAD")).body())
                    .isEqualTo(shop.answer(MANIFEST).body());
            for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS")) {
                assertThat(shop.ask(MANIFEST.method(method))).as(method).isInstanceOf(Decision.Free.class);
            }
        }
    }

    @Test
    void unmatchedRefused_isThereAllTheSame() {
        try (Shop shop = open(ON + "unmatched: refuse\n" + ROUTES.replace("/.well-known/**", "/other/**"))) {
            assertThat(shop.answer(MANIFEST).status()).isEqualTo(200);
            assertThat(shop.answer(MANIFEST.method("POST")).status()).isEqualTo(404);
        }
    }

    @Test
    void pricedWildcard_leavesItFree() {
        try (Shop shop = open(ON + "routes: [{ id: all, match: \"/**\", price: \"$0.01\" }]")) {
            assertThat(shop.answer(MANIFEST).status()).isEqualTo(200);
            assertThat(shop.answer(MANIFEST.method("POST")).status()).isEqualTo(402);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "observe"})
    void notEnforced_isNotThere(String mode) {
        try (Shop shop = open(ON + "mode: " + mode + "\n" + ROUTES)) {
            assertThat(shop.ask(MANIFEST)).isInstanceOf(Decision.Free.class);
        }
    }

    @Test
    void nothingForSale_isAnEmptyList() {
        try (Shop shop = open(ON + "routes: [{ id: health, match: /health, free: true }]")) {
            assertThat(manifest(shop).objects("items")).isEmpty();
            assertThat(manifest(shop).members().get("resources")).isEqualTo(List.of());
        }
    }

    @Test
    void otherPage_mayReadItWhereCorsAllows() {
        try (Shop shop = open(ON + "cors: { origins: [\"https://app.example.com\"] }\n" + ROUTES)) {
            GateResponse allowed = shop.answer(MANIFEST.with("Origin", "https://app.example.com"));
            assertThat(Shop.header(allowed, "Access-Control-Allow-Origin")).isEqualTo("https://app.example.com");
            assertThat(Shop.header(allowed, "Vary")).contains("Origin");
            GateResponse other = shop.answer(MANIFEST.with("Origin", "https://evil.example.com"));
            assertThat(Shop.header(other, "Access-Control-Allow-Origin")).isEmpty();
        }
    }

    @Test
    void urls_areThoseOfTheApplication_howeverItIsAsked() {
        try (Shop shop = open("public-url: https://example.com/api\n" + ON + ROUTES)) {
            for (String context : List.of("", "/shop", "", "/other")) {
                JsonObject item = Json.readObject(
                                shop.answer(MANIFEST.in(context)).body())
                        .objects("items")
                        .getFirst();
                assertThat(item.object("resource").string("url"))
                        .isEqualTo("https://example.com/api" + context + "/weather/:city");
                assertThat(item.object("input").string("routeTemplate")).isEqualTo("/api" + context + "/weather/:city");
            }
        }
    }

    @Test
    void routeThatCannotBePaid_isListedOnceItCan() throws InterruptedException {
        facilitator.stop();
        var rounds = new Semaphore(0);
        Pause pause = duration -> {
            try {
                rounds.acquire();
                return true;
            } catch (InterruptedException e) {
                return false;
            }
        };
        try (Shop shop = new Shop(folder, facilitator, pause, ON + ROUTES + SOLANA_ROUTE)) {
            assertThat(resources(shop)).hasSize(3).noneMatch(url -> url.endsWith("/sol"));
            byte[] before = shop.answer(MANIFEST).body();
            assertThat(shop.answer(MANIFEST).body()).as("rendered once").isSameAs(before);

            facilitator.startAgain();
            rounds.release(1_000);
            long deadline = System.nanoTime() + 30_000_000_000L;
            while (resources(shop).size() < 4 && System.nanoTime() < deadline) Thread.onSpinWait();
            assertThat(resources(shop)).last().asString().endsWith("/sol");
        }
    }

    @Test
    void tooMuch_isCutOff() {
        var routes = new StringBuilder("routes:\n");
        for (int i = 0; i < 1_500; i++) {
            routes.append("  - { id: r").append(i).append(", match: \"GET /r").append(i);
            routes.append("\", price: \"$0.01\", description: \"")
                    .append("d".repeat(500))
                    .append("\" }\n");
        }
        try (Shop shop = open(ON + routes)) {
            assertThat(shop.answer(MANIFEST).body().length).isBetween(1 << 19, 3 << 19);
            assertThat(resources(shop)).hasSizeBetween(900, 1_499);
        }
    }

    private Shop open(String yaml) {
        return new Shop(folder, facilitator, yaml);
    }

    private static List<Map<String, Object>> withoutExtra(JsonObject of) {
        return of.objects("accepts").stream()
                .map(each -> {
                    Map<String, Object> members = new LinkedHashMap<>(each.members());
                    members.remove("extra");
                    return members;
                })
                .toList();
    }

    private static JsonObject manifest(Shop shop) {
        return Json.readObject(shop.answer(MANIFEST).body());
    }

    @SuppressWarnings("unchecked")
    private static List<String> resources(Shop shop) {
        return (List<String>) manifest(shop).members().get("resources");
    }
}
