package io.farebox.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.testkit.host.RawAnswer;
import io.farebox.testkit.host.RawHttp;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The gateway's jar in front of a server that is not Java: unmodified clients of both generations pay through it, with money
 * moving on a real chain.
 */
class GatewayJarTest {
    private static final String PAYEE = "0x209693Bc6afc0C5328bA36FaF03C514EF312287C";
    private static final int COUNT = 2;
    private static final BigInteger PRICE = BigInteger.valueOf(10_000);

    private static Chain chain;
    private static Node.Service upstream;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        chain = Chain.start(84532);
        upstream = Node.service("upstream.mjs", Map.of());
    }

    @AfterAll
    static void stop() {
        upstream.close();
        chain.close();
    }

    @ParameterizedTest(name = "{0} {1} through {2}")
    @CsvSource({
        "client-x402-fetch.mjs,'',facilitator-v1.mjs",
        "client-mppx.mjs,'',facilitator-v1.mjs",
        "client-x402-v2.mjs,v2,facilitator-v2.mjs",
        "client-x402-v2.mjs,v2+v1,facilitator-v2.mjs"
    })
    void paid_moneyMoves(String client, String schemes, String facilitator) throws IOException {
        Map<String, String> where = Map.of("RPC_URL", chain.rpc(), "CHAIN_ID", "84532");
        try (Node.Service running = Node.service(facilitator, where);
                GatewayJar gateway =
                        GatewayJar.start(folder, yaml(running.ready().string("url")))) {
            assertThat(get(gateway.base(), "/weather").status()).isEqualTo(402);
            assertThat(get(gateway.base(), "/free").body()).contains("celsius");
            Chain.Account payer = chain.payer(0);
            BigInteger had = chain.balance(payer.address());
            BigInteger earned = chain.balance(PAYEE);
            long runs = runs().integer("runs");

            List<JsonObject> answers = Node.run(
                    client,
                    Map.of(
                            "URL", gateway.url("/weather"),
                            "PRIVATE_KEY", payer.privateKey(),
                            "CHAIN_ID", "84532",
                            "RPC_URL", chain.rpc(),
                            "COUNT", Integer.toString(COUNT),
                            "SCHEMES", schemes),
                    "",
                    Duration.ofMinutes(2));

            assertThat(answers).hasSize(COUNT).allSatisfy(answer -> {
                assertThat(answer.members()).as("%s", answer).containsEntry("status", 200L);
                assertThat(answer.string("body")).contains("celsius");
            });
            BigInteger paid = PRICE.multiply(BigInteger.valueOf(COUNT));
            assertThat(had.subtract(chain.balance(payer.address()))).isEqualTo(paid);
            assertThat(chain.balance(PAYEE).subtract(earned)).isEqualTo(paid);
            assertThat(runs().integer("runs") - runs).isEqualTo(COUNT);
            assertThat(runs().string("payer")).isEqualToIgnoringCase(payer.address());
        }
    }

    private static JsonObject runs() throws IOException {
        return Json.readObject(
                get(URI.create(upstream.ready().string("url")), "/runs").body());
    }

    private static RawAnswer get(URI base, String target) throws IOException {
        return RawHttp.get(base, target);
    }

    private String yaml(String facilitator) {
        return """
                public-url: http://127.0.0.1
                upstream: { url: "%s" }
                pay-to: { eip155: "%s" }
                accept: [base-sepolia/USDC]
                facilitators: [{ id: reference, url: "%s" }]
                book: { url: "jdbc:h2:file:%s/book" }
                routes: [{ id: weather, match: "GET /weather", price: "$0.01", description: Weather }]
                """.formatted(upstream.ready().string("url"), PAYEE, facilitator, folder);
    }
}
