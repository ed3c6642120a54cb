package io.farebox.interop;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.x402.json.JsonObject;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The 402s of a price list with two facilitators and a third that is switched off, as clients of both versions read them. */
class GoldenChallengeTest {
    private static final String PAYEE = "0x209693Bc6afc0C5328bA36FaF03C514EF312287C";
    private static final String SOLANA_PAYEE = "GyGKxMyg1p9SsHfm15MkNUu1u9TN2JtTspcdmrtGUdse";
    private static final String MAIN =
            "solana/USDC, base/USDC, polygon/USDC, avalanche/USDC, sei/USDC, iotex/USDC, peaq/USDC";
    private static final String TEST =
            "solana-devnet/USDC, base-sepolia/USDC, polygon-amoy/USDC, avalanche-fuji/USDC, sei-testnet/USDC";
    private static final String CROWD = "base/USDC, stable/USDT0, celo/USDC, celo/USDT, celo/USAT, optimism/USDC,"
            + " flare/USDT0, xdc/USDC, monad/USDC, ethereum/USDC, story/USDC, abstract/USDC, educhain/USDC,"
            + " arbitrum/USDC, \"eip155:36900/USDC.e\", polygon/USDC, avalanche/USDC, sei/USDC, iotex/USDC,"
            + " peaq/USDC, solana/USDC";

    /** Published by Circle, spelled so; compared letter by letter. */
    private static final List<String> USDC = List.of(
            "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
            "0x3c499c542cef5e3811e1192ce70d8cc03d5c3359",
            "0xB97EF9Ef8734C71904D8002F8b6Bc66Dd9c48a6E",
            "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v");

    @TempDir
    private Path folder;

    private final StubFacilitator first = StubFacilitator.start().supports(Supported.everything());
    private final StubFacilitator second = StubFacilitator.start().supports(Supported.everything());
    private final StubFacilitator off = StubFacilitator.start().supports(Supported.everything());
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
        List.of(first, second, off).forEach(StubFacilitator::close);
    }

    @Test
    void challenge_fourNetworks_isTheGoldenOne() {
        Golden golden = new Golden(given().get(server.url("/weather/oslo")));
        golden.is("four-networks").isSound(4, 4);
        assertThat(values(golden.body(), "asset")).isEqualTo(USDC);
        assertThat(values(golden.header(), "asset")).isEqualTo(USDC);
        assertThat(values(golden.body(), "payTo")).containsExactly(PAYEE, PAYEE, PAYEE, SOLANA_PAYEE);
        assertThat(values(golden.header(), "payTo")).containsExactly(PAYEE, PAYEE, PAYEE, SOLANA_PAYEE);
    }

    @Test
    void challenge_describedRoute_isTheGoldenOne() {
        Golden golden = new Golden(given().post(server.url("/reports/oslo")));
        golden.is("described").isSound(4, 4).isDiscoverable();
    }

    @Test
    void challenge_twoFacilitatorsAndOneSwitchedOff_namesTheTwo() {
        assertThat(providers("/weather/oslo")).containsExactly("first", "second");
    }

    @Test
    void challenge_routeWithAFacilitatorOfItsOwn_namesThatOne() {
        assertThat(providers("/second-only")).containsExactly("second");
    }

    @Test
    void payment_facilitatorSwitchedOff_isNeverAsked() {
        try (var client = TestPayer.random().v2()) {
            assertThat(client.get(server.uri("/weather/oslo")).status()).isEqualTo(200);
        }
        assertThat(first.settleCalls()).isOne();
        assertThat(off.connections()).isZero();
    }

    @Test
    void challenge_allRealNetworksOfPayAi_passBothSchemas() {
        Golden golden = new Golden(given().get(server.url("/main")));
        golden.is("payai-main").isSound(7, 7);
        assertThat(values(golden.header(), "network")).containsExactlyElementsOf(caip2(MAIN));
    }

    @Test
    void challenge_allTestNetworksOfPayAi_passBothSchemas() {
        Golden golden = new Golden(given().get(server.url("/test")));
        golden.is("payai-test").isSound(5, 5);
        assertThat(values(golden.header(), "network")).containsExactlyElementsOf(caip2(TEST));
    }

    @Test
    void challenge_moreThanTheHeaderHolds_offersTheFirstOnesThereAndTheRestInTheBody() {
        Golden golden = new Golden(given().get(server.url("/crowd")));
        List<String> offered = values(golden.header(), "network");
        golden.isSound(7, offered.size());
        assertThat(offered).hasSizeBetween(5, 20).startsWith("eip155:8453", "eip155:988", "eip155:42220");
        // Version 1 clients refuse a whole answer over one name that they do not know.
        assertThat(values(golden.body(), "network"))
                .containsExactly("base", "polygon", "avalanche", "sei", "iotex", "peaq", "solana");
    }

    @Test
    void challenge_head_isThatOfGetWithoutBody() {
        Response get = given().get(server.url("/weather/oslo"));
        Response head = given().head(server.url("/weather/oslo"));
        assertThat(head.statusCode()).isEqualTo(402);
        assertThat(head.header("PAYMENT-REQUIRED")).isEqualTo(get.header("PAYMENT-REQUIRED"));
        assertThat(head.asByteArray()).isEmpty();
        assertThat(given().head(server.url("/free")).statusCode()).isEqualTo(200);
    }

    @Test
    void challenge_pageOfAConfiguredOrigin_mayReadIt() {
        Response answer = given().header("Origin", "https://app.example.com").get(server.url("/weather/oslo"));
        assertThat(answer.statusCode()).isEqualTo(402);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.com");
        assertThat(names(answer.header("Access-Control-Expose-Headers")))
                .contains("PAYMENT-REQUIRED", "PAYMENT-RESPONSE", "X-PAYMENT-RESPONSE");
        assertThat(names(answer.header("Vary"))).contains("Origin");
    }

    @Test
    void challenge_pageOfAnotherOrigin_mayNot() {
        Response answer = given().header("Origin", "https://evil.example.com").get(server.url("/weather/oslo"));
        assertThat(answer.statusCode()).isEqualTo(402);
        assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
    }

    @Test
    void preflight_configuredOrigin_maySendPayments() {
        Response answer = given().header("Origin", "https://app.example.com")
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "payment-signature")
                .options(server.url("/weather/oslo"));
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.com");
        assertThat(names(answer.header("Access-Control-Allow-Headers"))).contains("PAYMENT-SIGNATURE", "X-PAYMENT");
        assertThat(server.runs).hasValue(0);
    }

    private List<String> providers(String path) {
        return new Golden(given().get(server.url(path)))
                .body().objects("paymentOptions").stream()
                        .map(option -> option.string("provider"))
                        .toList();
    }

    private static List<String> values(JsonObject challenge, String name) {
        return challenge.objects("accepts").stream()
                .map(option -> option.string(name))
                .toList();
    }

    private static Set<String> names(String header) {
        return Set.of(header.split(", *"));
    }

    private static List<String> caip2(String accept) {
        return Arrays.stream(accept.split(", "))
                .map(one -> Supported.PAYAI.get(one.replace("/USDC", "")))
                .toList();
    }

    private String yaml() {
        return """
                public-url: https://api.example.com
                pay-to: { eip155: "%s", solana: "%s" }
                accept: [base/USDC, polygon/USDC, avalanche/USDC, solana/USDC]
                facilitators:
                  - { id: first, url: "%s" }
                  - { id: off, url: "%s", enabled: false }
                  - { id: second, url: "%s" }
                cors: { origins: ["https://app.example.com"] }
                book: { url: "jdbc:h2:file:%s/book" }
                routes:
                  - id: weather
                    match: "GET /weather/{city}"
                    price: "$0.01"
                    description: Weather of a city, 21 °C or so
                    mime-type: application/json
                  - { id: main, match: "GET /main", price: "$0.02", accept: [%s] }
                  - { id: test, match: "GET /test", price: "$0.03", accept: [%s] }
                  - { id: crowd, match: "GET /crowd", price: "$0.04", description: "%s", accept: [%s] }
                  - { id: second-only, match: "GET /second-only", price: "$0.05", facilitators: [second] }
                  - id: reports
                    match: "POST /reports/{city}"
                    price: "$0.01"
                    discovery:
                      input:
                        path: { example: { city: oslo } }
                        query: { example: { lang: "æ" }, schema: { properties: { lang: { type: string } } } }
                        body: { example: { pages: 2 }, schema: { properties: { pages: { type: integer } }, required: [pages] } }
                      output: { example: [{ celsius: 21.5 }] }
                  - { id: free, match: "/free", free: true }
                """.formatted(
                PAYEE, SOLANA_PAYEE, first.url(), off.url(), second.url(), folder, MAIN, TEST, "è".repeat(200), CROWD);
    }
}
