package io.farebox.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.x402.json.JsonObject;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The owner's whole path with no third party: unmodified clients pay, and we settle on the chain ourselves. */
@Tag("long")
class OwnFacilitatorTest {
    private static final String PAYEE = "0x209693Bc6afc0C5328bA36FaF03C514EF312287C";
    private static final BigInteger PRICE = BigInteger.valueOf(10_000);
    private static final long CHAIN_ID = 84532;

    private static Chain chain;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        chain = Chain.start(CHAIN_ID);
    }

    @AfterAll
    static void stop() {
        chain.close();
    }

    @ParameterizedTest(name = "{0} {1}, {2} at a time")
    @CsvSource({
        "client-x402-fetch.mjs, v1, 1",
        "client-x402-v2.mjs, v2, 1",
        "client-x402-v2.mjs, v2+v1, 1",
        "client-mppx.mjs, '', 1",
        "client-x402-fetch.mjs, v1, 6",
        "client-x402-v2.mjs, v2, 6"
    })
    void paid_moneyMoves(String client, String schemes, int atATime) {
        try (PricedServer server = new PricedServer(yaml(""), folder)) {
            Chain.Account payer = chain.payer(0);
            BigInteger had = chain.balance(payer.address());
            BigInteger earned = chain.balance(PAYEE);
            int count = 2 * atATime;

            List<JsonObject> answers =
                    Node.run(client, environment(server, payer, schemes, count, atATime), "", Duration.ofMinutes(3));

            assertThat(answers).hasSize(count).allSatisfy(answer -> {
                assertThat(answer.members()).as("%s", answer).containsEntry("status", 200L);
                assertThat(answer.integer("attempts")).isOne();
                assertThat(answer.string("body")).contains("celsius");
                JsonObject receipt = answer.object("receiptHeader").object("value");
                assertThat(receipt.bool("success")).isTrue();
                assertThat(receipt.string("transaction")).matches("0x[0-9a-f]{64}");
            });
            BigInteger paid = PRICE.multiply(BigInteger.valueOf(count));
            assertThat(had.subtract(chain.balance(payer.address()))).isEqualTo(paid);
            assertThat(chain.balance(PAYEE).subtract(earned)).isEqualTo(paid);
            assertThat(server.runs).hasValue(count);
        }
    }

    @Test
    void tooPoor_402AndNothingSent() {
        try (PricedServer server = new PricedServer(yaml(""), folder)) {
            long sent = transactions();

            List<JsonObject> answers = Node.run(
                    "client-x402-v2.mjs", environment(server, chain.payer(6), "v2", 1, 1), "", Duration.ofMinutes(2));

            assertThat(answers.getFirst().integer("status")).isEqualTo(402);
            assertThat(server.runs).hasValue(0);
            assertThat(transactions()).isEqualTo(sent);
        }
    }

    @Test
    void tokenOfAnotherDomain_isRefusedByNameAndNotOffered() {
        String assets = "assets: [{ network: base-sepolia, symbol: USDC, address: \"" + chain.asset()
                + "\", decimals: 6, name: Other, version: \"2\" }]";
        try (PricedServer server = new PricedServer(yaml(assets), folder)) {
            List<JsonObject> answers = Node.run(
                    "client-x402-v2.mjs", environment(server, chain.payer(1), "v2", 1, 1), "", Duration.ofMinutes(2));

            assertThat(answers.getFirst().integer("status")).isEqualTo(503);
        }
    }

    private long transactions() {
        String count = chain.call("eth_getTransactionCount", List.of(chain.own().address(), "latest"))
                .string("result");
        return Long.parseLong(count.substring(2), 16);
    }

    private static Map<String, String> environment(
            PricedServer server, Chain.Account payer, String schemes, int count, int atATime) {
        Map<String, String> environment = new HashMap<>();
        environment.put("URL", server.url("/weather"));
        environment.put("PRIVATE_KEY", payer.privateKey());
        environment.put("CHAIN_ID", Long.toString(CHAIN_ID));
        environment.put("RPC_URL", chain.rpc());
        environment.put("COUNT", Integer.toString(count));
        environment.put("CONCURRENCY", Integer.toString(atATime));
        environment.put("SCHEMES", schemes);
        return environment;
    }

    private String yaml(String more) {
        return """
                public-url: http://127.0.0.1
                pay-to: { eip155: "%s" }
                accept: [base-sepolia/USDC]
                facilitators: [{ id: own, chain: { key-file: "%s" } }]
                networks: { base-sepolia: { rpc: ["%s"], confirmations: 1 } }
                book: { url: "jdbc:h2:file:%s/book" }
                routes: [{ id: weather, match: "GET /weather", price: "$0.01", description: Weather }]
                %s
                """.formatted(PAYEE, KeyFiles.write(folder, chain.own()), chain.rpc(), folder, more);
    }
}
