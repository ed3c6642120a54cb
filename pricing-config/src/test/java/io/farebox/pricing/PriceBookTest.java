package io.farebox.pricing;

import static io.farebox.pricing.Fixtures.get;
import static io.farebox.pricing.Fixtures.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farebox.gate.Flow;
import io.farebox.gate.Offer;
import io.farebox.gate.Pricing;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentRequirements;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PriceBookTest {
    private static final String COST = ", price: \"$0.01\"";

    @Test
    void offer_saysEverythingThatAClientNeeds() {
        FareboxConfig config = Fixtures.withRoot(
                "settle-wait: 5s",
                "match: \"POST /reports\", price: \"0.25 USDC\", flow: upfront, timeout: 300s, charge-below: 500,"
                        + " description: A report, mime-type: text/plain, verify: local, free-for: authenticated");
        PriceBook book = PriceBook.from(config);
        Offer offer = offer(book.price(request("POST", "/reports")));
        assertThat(offer)
                .usingRecursiveComparison()
                .isEqualTo(new Offer(
                        "r0",
                        book.version(),
                        "A report",
                        "text/plain",
                        "0.25 USDC",
                        List.of(new PaymentRequirements(
                                "exact",
                                new Network("eip155:8453"),
                                java.math.BigInteger.valueOf(250_000),
                                "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
                                Fixtures.PAY_TO,
                                300 + 30 + 5 + 6 + 30,
                                Map.of("name", "USD Coin", "version", "2"))),
                        List.of("payai"),
                        Flow.UPFRONT,
                        Duration.ofMinutes(5),
                        500,
                        true,
                        true));
        assertThat(book.price(request("POST", "/reports"))).isSameAs(book.price(request("POST", "/reports/")));
    }

    @Test
    void mostSpecificRoute_winsWhateverTheOrder() {
        String[] routes = {
            "match: \"/**\"" + COST,
            "match: \"/api/**\"" + COST,
            "match: \"/api/*\"" + COST,
            "match: \"GET /api/{id}\"" + COST,
            "match: \"/api/premium\"" + COST,
            "match: \"GET /api/premium\"" + COST,
            "match: \"HEAD /api/premium\", free: true",
            "match: \"/{tenant}/premium\"" + COST
        };
        PriceBook book = book(routes);
        assertThat(id(book, request("GET", "/api/premium"))).isEqualTo("r5");
        assertThat(id(book, request("HEAD", "/api/premium"))).isEqualTo("r6");
        assertThat(id(book, request("POST", "/api/premium"))).isEqualTo("r4");
        assertThat(id(book, get("/api/other"))).isEqualTo("r3");
        assertThat(id(book, request("POST", "/api/other"))).isEqualTo("r2");
        assertThat(id(book, get("/api/other/deep"))).isEqualTo("r1");
        assertThat(id(book, get("/api"))).isEqualTo("r1");
        assertThat(id(book, get("/acme/premium"))).isEqualTo("r7");
        assertThat(id(book, get("/acme/other"))).isEqualTo("r0");
        assertThat(id(book, get("/"))).isEqualTo("r0");
    }

    @Test
    void path_matchesAsAnUpstreamMayServeIt() {
        PriceBook book = book("match: \"GET /api/Premium\"" + COST, "match: \"GET /überblick/{id}\"" + COST);
        for (String path : List.of(
                "/api/premium",
                "/API/PREMIUM",
                "/api/premium/",
                "/api//premium",
                "/%61pi/p%72emium",
                "/api/premium//")) {
            assertThat(id(book, get(path))).as(path).isEqualTo("r0");
        }
        for (String path : List.of("/%C3%BCberblick/1", "/%c3%bcberblick/%2e", "/überblick/1", "/%C3%BCBERBLICK/x/")) {
            assertThat(id(book, get(path))).as(path).isEqualTo("r1");
        }
        assertThat(book.price(get("/api/premium%"))).isEqualTo(new Pricing.Unpriced());
        assertThat(book.price(get("/\ud83d"))).isEqualTo(new Pricing.Unpriced());
        assertThat(book.price(get(""))).isEqualTo(new Pricing.Unpriced());
        assertThat(book.price(get("*"))).isEqualTo(new Pricing.Unpriced());
    }

    @Test
    void method_isMatchedWithoutRegardToCaseAndGetCoversHead() {
        PriceBook book = book("match: \"GET /a\"" + COST);
        assertThat(id(book, request("HEAD", "/a"))).isEqualTo("r0");
        assertThat(id(book, request("get", "/a"))).isEqualTo("r0");
        assertThat(id(book, request("hEAD", "/a"))).isEqualTo("r0");
        assertThat(book.price(request("OPTIONS", "/a"))).isEqualTo(new Pricing.Refuse(405, "unpriced_method"));
    }

    @Test
    void nearAPricedRoute_whatIsUnmatchedIsRefused() {
        PriceBook book = book(
                "match: \"GET /exploits\"" + COST,
                "match: \"/health\", free: true",
                "match: \"GET /reports/**\"" + COST,
                "match: \"GET /items/{id}\"" + COST,
                "match: \"POST /exploits/search\", free: true",
                "match: \"GET /\"" + COST,
                "match: \"GET /{page}\"" + COST);
        var path = new Pricing.Refuse(404, "unpriced_path");
        var method = new Pricing.Refuse(405, "unpriced_method");
        assertThat(book.price(request("POST", "/exploits"))).isEqualTo(method);
        assertThat(book.price(get("/exploits/1"))).isEqualTo(path);
        assertThat(book.price(get("/exploits/search"))).isEqualTo(path);
        assertThat(book.price(request("POST", "/exploits/search"))).isEqualTo(new Pricing.Free("r4"));
        assertThat(book.price(request("DELETE", "/reports/1/2"))).isEqualTo(method);
        assertThat(book.price(get("/items/1/raw"))).isEqualTo(path);
        assertThat(book.price(get("/health/deep"))).isEqualTo(new Pricing.Unpriced());
        assertThat(book.price(get("/elsewhere/deep"))).isEqualTo(new Pricing.Unpriced());
    }

    @Test
    void unmatched_isRefusedOnRequest() {
        PriceBook book = PriceBook.from(Fixtures.withRoot("unmatched: refuse", "match: /a" + COST));
        assertThat(book.price(get("/b"))).isEqualTo(new Pricing.Refuse(404, "unpriced_path"));
    }

    @Test
    void queryRules_takeTheDearestReading() {
        PriceBook book = book(
                "match: /s, price: { default: \"$0.03\", rules: ["
                        + "{ query: { depth: full }, price: \"$0.05\" }, { query: { depth: lite }, price: \"$0.01\" },"
                        + "{ query: { \"q r\": \"ü&\" }, price: \"$0.09\" }, { query: { depth: full, all: 1 }, price: \"$0.07\" }] }");
        assertThat(price(book, get("/s"))).isEqualTo("$0.03");
        assertThat(price(book, get("/s?"))).isEqualTo("$0.03");
        assertThat(price(book, get("/s?depth=full"))).isEqualTo("$0.05");
        assertThat(price(book, get("/s?x=1&depth=full"))).isEqualTo("$0.05");
        assertThat(price(book, get("/s?%64epth=f%75ll"))).isEqualTo("$0.05");
        assertThat(price(book, get("/s?depth=lite"))).isEqualTo("$0.01");
        assertThat(price(book, get("/s?depth=lite&depth=lite"))).isEqualTo("$0.01");
        assertThat(price(book, get("/s?depth=lite&depth=other"))).isEqualTo("$0.03");
        assertThat(price(book, get("/s?depth=lite&depth=full"))).isEqualTo("$0.05");
        assertThat(price(book, get("/s?DEPTH=full"))).isEqualTo("$0.05");
        assertThat(price(book, get("/s?DEPTH=lite"))).isEqualTo("$0.03");
        assertThat(price(book, get("/s?depth=LITE"))).isEqualTo("$0.03");
        assertThat(price(book, get("/s?depth=full&all=1"))).isEqualTo("$0.07");
        assertThat(price(book, get("/s?q+r=%C3%BC%26"))).isEqualTo("$0.09");
        assertThat(price(book, get("/s?depth"))).isEqualTo("$0.03");
        assertThat(price(book, get("/s?depthx=full&xdepth=full"))).isEqualTo("$0.03");
    }

    @Test
    void queryThatCanBeReadInTwoWays_isRefused() {
        PriceBook book = book(
                "match: /s, price: { default: \"$0.01\", rules: [{ query: { depth: full }, price: \"$0.05\" }] }",
                "match: /plain" + COST);
        var refused = new Pricing.Refuse(400, "undeterminable_price");
        for (String query :
                List.of("depth=%zz", "a=%", "depth=%f", "a=1;depth=full", "depth[]=full", "depth%5B0%5D=full")) {
            assertThat(book.price(get("/s?" + query))).as(query).isEqualTo(refused);
            assertThat(id(book, get("/plain?" + query))).isEqualTo("r1");
        }
    }

    @Test
    void headerRules_lookAtEveryValue() {
        PriceBook book = book("match: /s, price: { default: \"$0.03\", rules: ["
                + "{ header: { X-Tier: gold }, price: \"$0.05\" }, { header: { X-Tier: lite }, price: \"$0.01\" }] }");
        assertThat(price(book, get("/s"))).isEqualTo("$0.03");
        assertThat(price(book, get("/s").with("x-tier", "gold"))).isEqualTo("$0.05");
        assertThat(price(book, get("/s").with("x-tier", "lite"))).isEqualTo("$0.01");
        assertThat(price(book, get("/s").with("x-tier", "lite", "gold"))).isEqualTo("$0.05");
        assertThat(price(book, get("/s").with("x-tier", "lite, gold"))).isEqualTo("$0.05");
        assertThat(price(book, get("/s").with("x-tier", "lite, other"))).isEqualTo("$0.03");
        assertThat(price(book, get("/s").with("x-tier", "LITE"))).isEqualTo("$0.03");
        assertThat(price(book, get("/s").with("x-tier", ""))).isEqualTo("$0.03");
    }

    /** Servers that speak CGI read underscores as hyphens, and proxies keep what Connection names to themselves. */
    @Test
    void headerThatIsReadInTwoWays_hasTheDearerPrice() {
        PriceBook book = book(
                "match: /s, price: { default: \"$0.03\", rules: ["
                        + "{ header: { X-Our-Tier: gold }, price: \"$0.05\" }, { header: { X-Our-Tier: lite }, price: \"$0.01\" }] }");
        for (String name : List.of("X_Our_Tier", "X-Our_Tier", "x_our-tier")) {
            assertThat(price(book, get("/s").with(name, "gold"))).as(name).isEqualTo("$0.05");
            assertThat(price(book, get("/s").with(name, "lite"))).as(name).isEqualTo("$0.03");
            assertThat(price(book, get("/s").with("X-Our-Tier", "lite").with(name, "gold")))
                    .as(name)
                    .isEqualTo("$0.05");
            assertThat(price(book, get("/s").with("X-Our-Tier", "lite").with(name, "other")))
                    .as(name)
                    .isEqualTo("$0.03");
        }
        for (String connection : List.of("X-Our-Tier", "close, x-our-tier"))
            assertThat(price(book, get("/s").with("X-Our-Tier", "lite").with("Connection", connection)))
                    .as(connection)
                    .isEqualTo("$0.03");
        assertThat(price(book, get("/s").with("X-Our-Tier", "gold").with("Connection", "X-Our-Tier")))
                .isEqualTo("$0.05");
        assertThat(price(book, get("/s").with("X-Our-Tier", "lite").with("Connection", "keep-alive")))
                .isEqualTo("$0.01");
    }

    @Test
    void solana_isOfferedOnlyWithAFeePayer() {
        FareboxConfig config = Fixtures.routes(
                "match: /a, price: \"$0.01\", accept: [base/USDC, solana/USDC]",
                "match: /b, price: \"$0.01\", accept: [solana/USDC]");
        PriceBook without = PriceBook.from(config);
        assertThat(offer(without.price(get("/a"))).accepts()).hasSize(1);
        assertThat(without.price(get("/b"))).isEqualTo(new Pricing.Refuse(503, "no_way_to_pay"));
        assertThat(without.warnings())
                .extracting(ConfigProblem::code)
                .contains(ProblemCode.FEE_PAYER_UNKNOWN, ProblemCode.NO_WAY_TO_PAY);
        PriceBook with = PriceBook.from(config, (bare, route) -> Optional.of(NetworkTableTest.withFeePayer(bare)));
        assertThat(offer(with.price(get("/b"))).accepts().get(0).extra()).containsKey("feePayer");
        assertThat(with.warnings()).isEmpty();
        assertThat(with.version()).isEqualTo(without.version());
    }

    @Test
    void unsupportedOption_isLeftOutAndSaidSo() {
        FareboxConfig config = Fixtures.routes("match: /a, price: \"$0.01\", accept: [base/USDC, polygon/USDC]");
        PriceBook book = PriceBook.from(
                config,
                (bare, route) ->
                        Optional.of(bare).filter(each -> each.network().caip2().equals("eip155:137")));
        assertThat(offer(book.price(get("/a"))).accepts())
                .extracting(PaymentRequirements::network)
                .containsExactly(new Network("eip155:137"));
        assertThat(book.warnings()).extracting(ConfigProblem::code).containsExactly(ProblemCode.OPTION_NOT_SUPPORTED);
    }

    @Test
    void listing_tellsWhatIsPaidToWhom() {
        PriceBook book = book(
                "match: \"GET /s\", price: { default: \"$0.01\", rules: [{ query: { depth: full }, price: \"$0.05\" }] }",
                "match: /health, free: true");
        assertThat(book.routes().stream()
                        .flatMap(each -> each.lines(book.config().networkTable()).stream()))
                .containsExactly(
                        "GET /s → 10000 ($0.01), USDC on base, to " + Fixtures.PAY_TO,
                        "GET /s [depth=full] → 50000 ($0.05), USDC on base, to " + Fixtures.PAY_TO,
                        "* /health → free");
    }

    @Test
    void version_namesTheContent() {
        String version = book("match: /a" + COST).version();
        assertThat(book("match: /a" + COST).version()).isEqualTo(version);
        assertThat(PriceBook.from(Fixtures.withRoot("secret: 0123456789abcdef", "match: /a" + COST))
                        .version())
                .isEqualTo(version);
        assertThat(book("match: /a, price: \"$0.02\"").version()).isNotEqualTo(version);
        assertThat(book("match: /b" + COST).version()).isNotEqualTo(version);
        assertThat(book("match: /a, free: true").version()).isNotEqualTo(version);
    }

    @Test
    void tiesInAConfigurationMadeByHand_areRefused() {
        FareboxConfig config = Fixtures.routes("match: /a" + COST);
        RouteConfig route = config.routes().get(0);
        FareboxConfig twice = Fixtures.with(config, List.of(route, route));
        assertThatThrownBy(() -> PriceBook.from(twice)).isInstanceOf(IllegalArgumentException.class);
    }

    private static PriceBook book(String... routes) {
        return PriceBook.from(Fixtures.routes(routes));
    }

    static Offer offer(Pricing pricing) {
        return ((Pricing.Priced) pricing).offer();
    }

    private static String price(PriceBook book, Fixtures.Request request) {
        return offer(book.price(request)).price();
    }

    static String id(PriceBook book, Fixtures.Request request) {
        return switch (book.price(request)) {
            case Pricing.Free free -> free.routeId();
            case Pricing.Priced priced -> priced.offer().routeId();
            case Pricing.Unpriced unpriced -> "unpriced";
            case Pricing.Refuse refuse -> refuse.reason();
        };
    }
}
