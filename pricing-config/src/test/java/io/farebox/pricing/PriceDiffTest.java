package io.farebox.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PriceDiffTest {
    private static final String A = "match: GET /a, price: $0.01";
    private static final String OTHER_PAYEE = "0x209693Bc6afc0C5328bA36FaF03C514EF312287C";

    @Test
    void nothingDifferent_isEmpty() {
        PriceDiff diff = diff(Fixtures.routes(A), Fixtures.routes(A));

        assertThat(diff.isEmpty()).isTrue();
        assertThat(diff).hasToString("nothing changes");
    }

    @Test
    void routes_comeAndGo() {
        FareboxConfig before = Fixtures.routes(A, "match: /b, free: true");
        FareboxConfig after = Fixtures.routes(A);

        assertThat(diff(before, after).changes()).containsExactly("route r1: removed, was * /b, free");
        assertThat(diff(after, before).changes()).containsExactly("route r1: added, * /b, free");
        assertThat(diff(after, before).restartKeys()).isEmpty();
    }

    @Test
    void everyDifference_isALine() {
        FareboxConfig before = Fixtures.withRoot("unmatched: pass", A);
        FareboxConfig after = Fixtures.withRoot(
                "unmatched: refuse",
                "match: /a2, price: $0.02, timeout: 300s, flow: upfront, charge-below: 500, verify: local,"
                        + " free-for: authenticated, accept: [polygon/USDC, base/USDC]");

        assertThat(diff(before, after).changes())
                .containsExactly(
                        "unmatched: pass → refuse",
                        "route r0: match GET /a → * /a2",
                        "route r0: price $0.01 → $0.02",
                        "route r0: accept base/USDC → polygon/USDC, base/USDC",
                        "route r0: flow authorization → upfront",
                        "route r0: timeout 30s → 5m",
                        "route r0: charge-below 400 → 500",
                        "route r0: verify remote → local",
                        "route r0: free-for nobody → authenticated");
    }

    @Test
    void rules_areToldByTheirConditions() {
        String rules = "match: GET /a, price: { default: $0.01, rules: [";
        FareboxConfig before = Fixtures.routes(
                rules + "{ query: { depth: full }, price: $0.05 }, { query: { depth: half }, price: $0.03 }] }");
        FareboxConfig after = Fixtures.routes(
                rules + "{ header: { X-Tier: gold }, price: $0.02 }, { query: { depth: full }, price: $0.06 }] }");

        assertThat(diff(before, after).changes())
                .containsExactly(
                        "route r0: price [depth=full] $0.05 → $0.06",
                        "route r0: price [depth=half] removed, was $0.03",
                        "route r0: price [X-Tier: gold] added, $0.02");
    }

    @Test
    void free_becomesPriced() {
        assertThat(diff(Fixtures.routes("match: GET /a, free: true"), Fixtures.routes(A))
                        .changes())
                .contains("route r0: price free → $0.01");
    }

    @Test
    void descriptionOrOrder_isNoPrice() {
        assertThat(diff(Fixtures.routes(A), Fixtures.routes(A + ", description: secret plans"))
                        .changes())
                .containsExactly("route r0: its description or another detail changed");
        FareboxConfig two = Fixtures.routes(A, "match: /b, free: true");
        assertThat(diff(two, Fixtures.with(two, two.routes().reversed())).isEmpty())
                .isTrue();
    }

    @Test
    void assetOfTheSameName_isTold() {
        String asset =
                "assets: [{ network: base, symbol: USDC, address: \"0x3c499c542cef5e3811e1192ce70d8cc03d5c3359\","
                        + " decimals: 6, name: USD Coin, version: \"2\" }]";

        assertThat(diff(Fixtures.routes(A), Fixtures.withRoot(asset, A)).changes())
                .singleElement()
                .asString()
                .startsWith("route r0: assets 0x833589")
                .contains("→ 0x3c499c54");
    }

    @Test
    void whatIsBuiltAtStart_needsARestart_andShowsNoSecret() {
        FareboxConfig before = Fixtures.routes(A);
        FareboxConfig after = Fixtures.reader().readYaml("test.yaml", """
                public-url: https://other.example.com
                mode: observe
                upstream: { url: http://127.0.0.1:8080 }
                pay-to: { eip155: "%s" }
                accept: [base/USDC]
                facilitators: [{ id: payai, url: https://facilitator.payai.network, verify: local }]
                networks: { base: { rpc: ["https://rpc.example.com/very-secret"] } }
                secret: very-secret-very-secret
                cors: { origins: ["https://app.example.com"] }
                book: { url: "jdbc:h2:file:./very-secret" }
                claims: { url: "redis://very-secret@redis" }
                admin: { operator: very-secret-very-secret-very-secret }
                v1: { networks: [base] }
                settle-wait: 5s
                routes: [{ id: r0, match: GET /a, price: $0.01 }]
                """.formatted(OTHER_PAYEE));

        assertThat(diff(before, after).restartKeys())
                .containsExactly(
                        "public-url",
                        "mode",
                        "upstream",
                        "pay-to",
                        "facilitators",
                        "networks",
                        "secret",
                        "cors",
                        "book",
                        "claims",
                        "admin",
                        "v1",
                        "settle-wait");
        assertThat(diff(before, after).toString())
                .contains("needs a restart")
                .contains("settle-wait")
                .doesNotContain("very-secret");
    }

    @Test
    void retention_needsARestart() {
        FareboxConfig before = Fixtures.routes(A);

        assertThat(diff(before, Fixtures.withRoot("book: { retention: 500d }", A))
                        .restartKeys())
                .containsExactly("book");
    }

    @Test
    void strangePayeeOfARoute_needsARestart() {
        FareboxConfig plain = Fixtures.routes(A, "match: /b, price: $0.01");
        String own = ", pay-to: { eip155: \"" + OTHER_PAYEE + "\" }";
        FareboxConfig second = Fixtures.routes(A, "match: /b, price: $0.01" + own);

        assertThat(diff(plain, second).restartKeys()).containsExactly("routes.r1.pay-to");
        assertThat(diff(plain, Fixtures.routes(A, "match: /b, price: $0.01", "match: /c, price: $0.01" + own))
                        .restartKeys())
                .containsExactly("routes.r2.pay-to");
        assertThat(diff(second, plain).restartKeys()).isEmpty();
        assertThat(diff(second, Fixtures.routes(A + own, "match: /b, price: $0.01"))
                        .restartKeys())
                .isEmpty();
    }

    @Test
    void whatCataloguesAreTold_changesLive() {
        FareboxConfig plain = Fixtures.routes(A);
        FareboxConfig told = Fixtures.withRoot("discovery: { manifest: true }", A + ", discovery: { }");

        assertThat(diff(plain, told).changes())
                .containsExactly(
                        "discovery.manifest: false → true", "route r0: its description or another detail changed");
        assertThat(diff(plain, told).restartKeys()).isEmpty();
    }

    @Test
    void manyChanges_areCutShort() {
        FareboxConfig before = Fixtures.with(Fixtures.routes(A), List.of());
        FareboxConfig after = Fixtures.routes(IntStream.range(0, 60)
                .mapToObj(i -> "match: /r" + i + ", price: $0.01")
                .toArray(String[]::new));

        assertThat(diff(before, after).changes()).hasSize(60);
        assertThat(diff(before, after).toString().lines()).hasSize(51).last().isEqualTo("… and 10 more changes");
    }

    /** If this fails, a key was added: does a running Farebox take it over? Then here; otherwise into PriceDiff too. */
    @Test
    void everyPartOfTheConfiguration_changesLiveOrNeedsARestart() {
        Set<String> live = Set.of("accept", "unmatched", "manifest", "routes", "warnings");
        Set<String> fixed = Set.of(
                "publicUrl",
                "mode",
                "upstream",
                "payTo",
                "facilitators",
                "networks",
                "networkTable",
                "secret",
                "corsOrigins",
                "bookUrl",
                "claims",
                "retention",
                "admin",
                "v1Networks",
                "settleWait",
                "transfers",
                "tokens");
        Set<String> all = new HashSet<>(live);
        all.addAll(fixed);

        List<String> parts = Arrays.stream(FareboxConfig.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        assertThat(parts).containsExactlyInAnyOrderElementsOf(all);
    }

    private static PriceDiff diff(FareboxConfig before, FareboxConfig after) {
        return PriceDiff.between(before, after);
    }
}
