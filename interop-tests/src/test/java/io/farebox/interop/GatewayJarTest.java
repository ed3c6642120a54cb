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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    private record Client(String script, String schemes) {}

    @Test
    void clientsOfVersion1_pay_moneyMoves() throws IOException {
        moneyMoves("facilitator-v1.mjs", new Client("client-x402-fetch.mjs", ""), new Client("client-mppx.mjs", ""));
    }

    @Test
    void clientsOfVersion2_pay_moneyMoves() throws IOException {
        moneyMoves(
                "facilitator-v2.mjs",
                new Client("client-x402-v2.mjs", "v2"),
                new Client("client-x402-v2.mjs", "v2+v1"));
    }

    private void moneyMoves(String facilitator, Client... clients) throws IOException {
        try (GatewayJar gateway = GatewayJar.start(folder, yaml(chain.facilitator(facilitator)))) {
            assertThat(get(gateway.base(), "/weather").status()).isEqualTo(402);
            assertThat(get(gateway.base(), "/free").body()).contains("celsius");
            for (Client client : clients) pays(client, gateway);
        }
    }

    private void pays(Client client, GatewayJar gateway) throws IOException {
        Chain.Account payer = chain.payer(0);
        BigInteger had = chain.balance(payer.address());
        BigInteger earned = chain.balance(PAYEE);
        long runs = runs().integer("runs");

        List<JsonObject> answers = Node.run(
                client.script(),
                Map.of(
                        "URL", gateway.url("/weather"),
                        "PRIVATE_KEY", payer.privateKey(),
                        "CHAIN_ID", "84532",
                        "RPC_URL", chain.rpc(),
                        "COUNT", Integer.toString(COUNT),
                        "SCHEMES", client.schemes()),
                "",
                Duration.ofMinutes(2));

        assertThat(answers).as("%s", client).hasSize(COUNT).allSatisfy(answer -> {
            assertThat(answer.members()).as("%s", answer).containsEntry("status", 200L);
            assertThat(answer.string("body")).contains("celsius");
        });
        BigInteger paid = PRICE.multiply(BigInteger.valueOf(COUNT));
        assertThat(had.subtract(chain.balance(payer.address()))).isEqualTo(paid);
        assertThat(chain.balance(PAYEE).subtract(earned)).isEqualTo(paid);
        assertThat(runs().integer("runs") - runs).isEqualTo(COUNT);
        assertThat(runs().string("payer")).isEqualToIgnoringCase(payer.address());
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
