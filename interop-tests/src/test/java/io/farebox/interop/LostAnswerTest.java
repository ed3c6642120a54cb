package io.farebox.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.interop.LossyProxy.Fault;
import io.farebox.x402.json.JsonObject;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The facilitator settles and its answer is lost. Asked again, the reference facilitators only say that the nonce is used, or
 * nothing that can be understood; the chain shows what happened. A naive client is served and charged once.
 */
class LostAnswerTest {
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

    @ParameterizedTest(name = "{0} {1} through {2}, {3}")
    @CsvSource({
        "client-x402-fetch.mjs, v1, facilitator-v1.mjs, DROPPED",
        "client-x402-v2.mjs, v2, facilitator-v1.mjs, DROPPED",
        "client-x402-fetch.mjs, v1, facilitator-v2.mjs, DROPPED",
        "client-x402-v2.mjs, v2, facilitator-v2.mjs, DROPPED",
        "client-x402-fetch.mjs, v1, facilitator-v1.mjs, REPEATED",
        "client-x402-v2.mjs, v2, facilitator-v1.mjs, REPEATED",
        "client-x402-fetch.mjs, v1, facilitator-v2.mjs, REPEATED",
        "client-x402-v2.mjs, v2, facilitator-v2.mjs, REPEATED"
    })
    void answerLost_servedInTheSameRequestAndChargedOnce(
            String client, String schemes, String facilitator, Fault fault) {
        String networks =
                "networks: { \"%s\": { rpc: [\"%s\"], confirmations: 1 } }".formatted(chain.caip2(), chain.rpc());

        Outcome outcome = pay(chain, client, schemes, facilitator, fault, networks);

        assertServed(outcome.answer());
        assertThat(outcome.answer().integer("attempts")).isOne();
        assertThat(outcome.paid()).isEqualTo(PRICE);
        assertThat(outcome.earned()).isEqualTo(PRICE);
        assertThat(outcome.runs()).isOne();
        assertThat(outcome.lost()).isPositive();
    }

    /** The first request gives up before the transfer is deep enough; the next ones wait for it and are served on it. */
    @ParameterizedTest(name = "{0} {1} through {2}")
    @CsvSource({"client-x402-fetch.mjs, v1, facilitator-v1.mjs", "client-x402-v2.mjs, v2, facilitator-v2.mjs"})
    void answerLost_confirmedLate_servedOnTheNextSignatureAndChargedOnce(
            String client, String schemes, String facilitator) {
        try (Chain slow = Chain.start(CHAIN_ID, 1)) {
            String networks = "networks: { base-sepolia: { rpc: [\"%s\"], confirmations: 4 } }\nsettle-wait: 1s"
                    .formatted(slow.rpc());

            Outcome outcome = pay(slow, client, schemes, facilitator, Fault.DROPPED, networks);

            assertServed(outcome.answer());
            assertThat(outcome.answer().integer("attempts")).isGreaterThan(1);
            assertThat(outcome.paid()).isEqualTo(PRICE);
            assertThat(outcome.earned()).isEqualTo(PRICE);
            assertThat(outcome.lost()).isPositive();
        }
    }

    /** What the look-up is for: without it the same fault leaves the payment unknown. */
    @Test
    void answerLost_withoutRpc_503AndNothingGuessed() {
        Outcome outcome =
                pay(chain, "client-x402-v2.mjs", "v2", "facilitator-v2.mjs", Fault.REPEATED, "settle-wait: 2s", "1");

        assertThat(outcome.answer().integer("status")).isEqualTo(503);
        assertThat(outcome.paid()).isEqualTo(PRICE);
        assertThat(outcome.runs()).isOne();
    }

    private record Outcome(JsonObject answer, BigInteger paid, BigInteger earned, int runs, int lost) {}

    private Outcome pay(
            Chain where, String client, String schemes, String facilitator, Fault fault, String... settings) {
        String retries = settings.length > 1 ? settings[1] : "30";
        try (LossyProxy proxy = new LossyProxy(where.facilitator(facilitator), fault);
                PricedServer server = new PricedServer(yaml(where, proxy.url(), settings[0]), folder)) {
            Chain.Account payer = where.payer(0);
            BigInteger had = where.balance(payer.address());
            BigInteger before = where.balance(PAYEE);
            List<JsonObject> answers =
                    Node.run(client, environment(server, payer, schemes, retries), "", Duration.ofMinutes(2));
            assertThat(answers).hasSize(1);
            return new Outcome(
                    answers.getFirst(),
                    had.subtract(where.balance(payer.address())),
                    where.balance(PAYEE).subtract(before),
                    server.runs.get(),
                    proxy.lost.get());
        }
    }

    private static void assertServed(JsonObject answer) {
        assertThat(answer.members()).as("%s", answer).containsEntry("status", 200L);
        assertThat(answer.string("body")).contains("celsius");
        JsonObject receipt = answer.object("receiptHeader").object("value");
        assertThat(receipt.bool("success")).isTrue();
        assertThat(receipt.string("transaction")).matches("0x[0-9a-f]{64}");
    }

    private static Map<String, String> environment(
            PricedServer server, Chain.Account payer, String schemes, String retries) {
        Map<String, String> environment = new HashMap<>();
        environment.put("URL", server.url("/weather"));
        environment.put("PRIVATE_KEY", payer.privateKey());
        environment.put("CHAIN_ID", Long.toString(CHAIN_ID));
        environment.put("SCHEMES", schemes);
        environment.put("RETRIES", retries);
        environment.put("RETRY_DELAY_MS", "1000");
        return environment;
    }

    private String yaml(Chain where, String facilitator, String settings) {
        return """
                public-url: http://127.0.0.1
                pay-to: { eip155: "%s" }
                accept: [%s/USDC]
                facilitators: [{ id: reference, url: "%s" }]
                book: { url: "jdbc:h2:file:%s/book" }
                routes: [{ id: weather, match: "GET /weather", price: "$0.01", description: Weather }]
                %s
                """.formatted(PAYEE, where.network(), facilitator, folder, settings);
    }
}
