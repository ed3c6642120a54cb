package io.farebox.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Catalogue;
import io.farebox.x402.Discovery;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscoverySectionsTest {
    private final FareboxConfig good = Fixtures.reader().readFile(Path.of("src/test/resources/good/discovery.yaml"));

    @Test
    void examples_haveTheTypesTheyAreWrittenWith() {
        assertThat(of("weather").query().example())
                .isEqualTo(Map.of(
                        "units", "metric", "days", 3L, "hourly", true, "at", "59.9", "max", new BigDecimal("1.5e2")));
        assertThat(of("weather").output().content().example())
                .isEqualTo(Map.of("celsius", 21L, "sky", List.of("clear", "cloudy")));
        assertThat(good.warnings()).isEmpty();
    }

    @Test
    void json_isReadAsJson() {
        Discovery.Body body = of("report").body();
        assertThat(body.type()).isEqualTo("json");
        assertThat(body.content().example()).isEqualTo(Map.of("city_name", "oslo", "days", List.of(1L, 2L)));
        assertThat(of("report").output().type()).isEqualTo("text");
    }

    @Test
    void methodAndTemplate_followFromTheMatch() {
        assertThat(of("weather").method()).isEqualTo("GET");
        assertThat(of("weather").routeTemplate()).isEqualTo("/weather/:city");
        assertThat(of("report").routeTemplate()).isNull();
        assertThat(of("anything").method()).isEqualTo("GET");
        assertThat(of("anything").routeTemplate()).as("no template can say **").isNull();
    }

    @Test
    void enabledFalse_saysNothingAndIsNotListed() {
        RouteConfig hidden = good.route("hidden").orElseThrow();
        assertThat(hidden.discovery()).isNull();
        assertThat(hidden.listed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/a/{b}/*/c/*, /a/:b/:var1/c/:var2",
        "/files/**, /files/*",
        "/caf\u00e9/v1:batch/a+b, /caf%C3%A9/v1%3Abatch/a%2Bb"
    })
    void template_isWhatCataloguesKnow(String match, String template) {
        RouteMatch read = new MatchText(new Problems("test")).read(new Tree.Leaf(match, new Place(1, "match"), false));
        assertThat(PathTemplate.of(read).text()).isEqualTo(template);
    }

    @Test
    void catalogue_listsWhatIsForSale_inTheOrderOfTheRoutes() {
        Catalogue catalogue = PriceBook.from(good).catalogue();
        assertThat(catalogue.items())
                .extracting(item -> item.method() + " " + item.path())
                .containsExactly("GET /weather/:city", "POST /reports", "GET /any/:var1/:b/*");
    }

    @Test
    void catalogue_isThereOnlyIfItIsAskedFor() {
        assertThat(PriceBook.from(Fixtures.routes("match: /a, price: \"$0.01\""))
                        .catalogue())
                .isNull();
        assertThat(PriceBook.from(Fixtures.withRoot("discovery: { manifest: true }", "match: /a, free: true"))
                        .catalogue()
                        .items())
                .isEmpty();
    }

    @Test
    void catalogue_doesNotListWhatCannotBePaidFor() {
        FareboxConfig config = Fixtures.withRoot(
                "discovery: { manifest: true }",
                "match: /a, price: \"$0.01\", accept: [solana/USDC]",
                "match: /b, price: \"$0.01\"");
        assertThat(PriceBook.from(config).catalogue().items())
                .as("nobody has named Solana's fee payer")
                .extracting(Catalogue.Item::path)
                .containsExactly("/b");
    }

    @Test
    void manifest_goesBeforeWildcards_andLeavesOtherMethodsAlone() {
        FareboxConfig config = Fixtures.withRoot(
                "discovery: { manifest: true }",
                "match: \"/.well-known/*\", free: true",
                "match: \"POST /.well-known/x402\", free: true");
        assertThat(config.manifest()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ example: { city: 1 }, schema: { properties: { city: { type: string } } } } | it.city is not of type string",
                "{ example: { a: b }, schema: { required: [city] } } | it has no city",
                "{ example: { a: b }, schema: { additionalProperties: false } } | it has a, which the schema does not know",
                "{ example: { a: b }, schema: { properties: { a: { enum: [c] } } } } | it.a is none of [c]",
                "{ example: { a: [1, x] }, schema: { properties: { a: { items: { type: integer } } } } }"
                        + " | it.a[1] is not of type integer"
            })
    void exampleThatItsSchemaForbids_isAWarning(String query, String mismatch) {
        FareboxConfig config =
                Fixtures.routes("match: GET /a, price: \"$0.01\", discovery: { input: { query: " + query + " } }");
        assertThat(config.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.code()).isEqualTo(ProblemCode.DISCOVERY_MISMATCH);
            assertThat(warning.toString()).contains(mismatch);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ example: { a: 1 }, schema: { properties: { a: { type: number } } } }",
                "{ example: { a: 1.0 }, schema: { properties: { a: { type: integer } } } }",
                "{ example: { a: b }, schema: { properties: { a: { type: [integer, string] } }, required: [a] } }",
                "{ example: { a: b, c: d }, schema: { properties: { a: { const: b } } } }"
            })
    void exampleThatFits_isNoWarning(String query) {
        FareboxConfig config =
                Fixtures.routes("match: GET /a, price: \"$0.01\", discovery: { input: { query: " + query + " } }");
        assertThat(config.warnings()).isEmpty();
    }

    @Test
    void environment_keepsNumbersAndTakesJson() {
        Map<String, Object> route = Map.of(
                "id",
                "a",
                "match",
                "GET /a",
                "price",
                "$0.01",
                "discovery",
                Map.of("output", Map.of("example", Map.of("celsius", 21), "schema", "{\"required\":[\"celsius\"]}")));
        FareboxConfig config = Fixtures.reader()
                .readMap(
                        "test",
                        Map.of(
                                "publicUrl",
                                "https://api.example.com",
                                "payTo",
                                Map.of("eip155", Fixtures.PAY_TO),
                                "accept",
                                "base/USDC",
                                "facilitators",
                                List.of(Map.of("id", "payai", "url", "https://facilitator.payai.network")),
                                "routes",
                                List.of(route)));
        Discovery.Part content = config.routes().getFirst().discovery().output().content();
        assertThat(content.example()).isEqualTo(Map.of("celsius", 21L));
        assertThat(content.schema()).isEqualTo(Map.of("required", List.of("celsius")));
    }

    @Test
    void version_changesWithWhatCataloguesAreTold() {
        String plain = "match: GET /a, price: \"$0.01\"";
        assertThat(PriceBook.from(Fixtures.routes(plain)).version())
                .isNotEqualTo(PriceBook.from(Fixtures.routes(plain + ", discovery: { }"))
                        .version());
    }

    private Discovery of(String route) {
        return good.route(route).orElseThrow().discovery();
    }
}
