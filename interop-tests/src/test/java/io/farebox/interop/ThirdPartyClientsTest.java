package io.farebox.interop;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Unmodified third-party clients of both generations pay the same route through both reference facilitators, on both chains,
 * with money moving: what the payer loses the payee has, and the resource runs once a payment.
 */
@ParameterizedClass
@ValueSource(longs = {84532, 8453})
class ThirdPartyClientsTest {
    private static final String PAYEE = "0x209693Bc6afc0C5328bA36FaF03C514EF312287C";
    private static final int COUNT = 2;
    private static final BigInteger PRICE = BigInteger.valueOf(10_000);

    /** One of each, with one of each facilitator, for all tests. */
    private static final Map<Long, Chain> CHAINS = new HashMap<>();

    @TempDir
    private Path folder;

    private final Chain chain;

    ThirdPartyClientsTest(long chainId) {
        chain = CHAINS.computeIfAbsent(chainId, Chain::start);
    }

    @AfterAll
    static void stop() {
        CHAINS.values().forEach(Chain::close);
        CHAINS.clear();
    }

    private static List<String[]> matrix() {
        return List.of(
                new String[] {"client-x402-fetch.mjs", "", "facilitator-v1.mjs"},
                new String[] {"client-x402-v2.mjs", "v2", "facilitator-v1.mjs"},
                new String[] {"client-x402-v2.mjs", "v2+v1", "facilitator-v1.mjs"},
                new String[] {"client-mppx.mjs", "", "facilitator-v1.mjs"},
                new String[] {"client-x402-fetch.mjs", "", "facilitator-v2.mjs"},
                new String[] {"client-x402-v2.mjs", "v2", "facilitator-v2.mjs"},
                new String[] {"client-x402-v2.mjs", "v2+v1", "facilitator-v2.mjs"},
                new String[] {"client-mppx.mjs", "", "facilitator-v2.mjs"});
    }

    @ParameterizedTest(name = "{0} {1} through {2}")
    @MethodSource("matrix")
    void paid_moneyMoves(String client, String schemes, String facilitator) {
        try (PricedServer server = new PricedServer(yaml(chain.facilitator(facilitator)), folder)) {
            Chain.Account payer = chain.payer(0);
            BigInteger had = chain.balance(payer.address());
            BigInteger earned = chain.balance(PAYEE);

            List<JsonObject> answers = Node.run(client, environment(server, payer, schemes), "", Duration.ofMinutes(2));

            assertThat(answers).hasSize(COUNT).allSatisfy(answer -> {
                assertThat(answer.members()).as("%s", answer).containsEntry("status", 200L);
                assertThat(answer.string("body")).contains("celsius");
                assertThat(answer.object("receiptHeader").object("value").bool("success"))
                        .isTrue();
            });
            BigInteger paid = PRICE.multiply(BigInteger.valueOf(COUNT));
            assertThat(had.subtract(chain.balance(payer.address()))).isEqualTo(paid);
            assertThat(chain.balance(PAYEE).subtract(earned)).isEqualTo(paid);
            assertThat(server.runs).hasValue(COUNT);
        }
    }

    private static List<String[]> clients() {
        return matrix().stream()
                .filter(row -> row[2].equals("facilitator-v2.mjs"))
                .toList();
    }

    /** Whatever a client sends back of our extensions, the reference's facilitator lists what we say, under one entry. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("clients")
    void paid_describedRoute_isCatalogued(String client, String schemes, String facilitator) {
        int listed = catalogue(facilitator).size();
        try (PricedServer server = new PricedServer(yaml(chain.facilitator(facilitator)), folder)) {
            Map<String, String> environment = environment(server, chain.payer(0), schemes);
            environment.put("URL", server.url("/weather/bergen"));

            List<JsonObject> answers = Node.run(client, environment, "", Duration.ofMinutes(2));

            assertThat(answers)
                    .hasSize(COUNT)
                    .allSatisfy(answer ->
                            assertThat(answer.members()).as("%s", answer).containsEntry("status", 200L));
            List<JsonObject> items = catalogue(facilitator);
            assertThat(items.subList(listed, items.size())).hasSize(COUNT).allSatisfy(item -> {
                assertThat(item.string("resourceUrl")).isEqualTo("http://127.0.0.1/weather/:city");
                assertThat(item.string("description")).isEqualTo("Weather of a city");
                assertThat(item.string("method")).isEqualTo("GET");
                assertThat(item.object("discoveryInfo")
                                .object("input")
                                .object("pathParams")
                                .members())
                        .containsEntry("city", "oslo");
            });
        }
    }

    private List<JsonObject> catalogue(String facilitator) {
        byte[] answer = given().get(chain.facilitator(facilitator) + "/discovery/resources")
                .asByteArray();
        return Json.readObject(answer).objects("items");
    }

    private Map<String, String> environment(PricedServer server, Chain.Account payer, String schemes) {
        Map<String, String> environment = new HashMap<>();
        environment.put("URL", server.url("/weather"));
        environment.put("PRIVATE_KEY", payer.privateKey());
        environment.put("CHAIN_ID", Long.toString(chain.chainId()));
        environment.put("RPC_URL", chain.rpc());
        environment.put("COUNT", Integer.toString(COUNT));
        environment.put("SCHEMES", schemes);
        return environment;
    }

    private String yaml(String facilitator) {
        return """
                public-url: http://127.0.0.1
                pay-to: { eip155: "%s" }
                accept: [%s/USDC]
                facilitators: [{ id: reference, url: "%s" }]
                book: { url: "jdbc:h2:file:%s/book" }
                routes:
                  - { id: weather, match: "GET /weather", price: "$0.01", description: Weather }
                  - id: described
                    match: "GET /weather/{city}"
                    price: "$0.01"
                    description: Weather of a city
                    discovery:
                      input: { path: { example: { city: oslo } }, query: { example: { units: metric } } }
                      output: { example: { celsius: 21 }, schema: { required: [celsius] } }
                """.formatted(PAYEE, chain.network(), facilitator, folder);
    }
}
