package io.farebox.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.farebox.gate.Claim;
import io.farebox.gate.ClaimRequest;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.ledger.JdbcBook;
import io.farebox.x402.Network;
import io.farebox.x402.SettleResponse;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code farebox audit} as an owner runs it: the jar's command, a running gateway, and a real chain on which money moved. */
@Tag("long")
class AuditJarTest {
    private static final String PAYEE = "0x209693Bc6afc0C5328bA36FaF03C514EF312287C";
    private static final String OPERATOR = "an-operator-of-this-test-only";
    private static final String FORGED = "0x" + "f0".repeat(32);
    private static final int COUNT = 2;
    private static final int DIFFERS = 3;

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

    private record Ran(int code, JsonObject report) {
        List<JsonObject> findings() {
            return report.objects("findings");
        }

        BigInteger difference() {
            return new BigInteger(report.objects("assets").getFirst().string("difference"));
        }
    }

    @Test
    void book_isHeldAgainstTheChain() throws Exception {
        Map<String, String> where = Map.of("RPC_URL", chain.rpc(), "CHAIN_ID", "84532");
        try (Node.Service facilitator = Node.service("facilitator-v2.mjs", where)) {
            String yaml = yaml(facilitator.ready().string("url"));
            try (GatewayJar gateway = GatewayJar.start(folder, yaml)) {
                pay(gateway);
                whatWasPaid_isInBoth(gateway);
                transferOutOfBand_isListedApart(gateway);
            }
            String forgotten = forget();
            String forged = forge();
            try (GatewayJar gateway = GatewayJar.start(folder, yaml)) {
                whatWasForgedAndForgotten_isFound(gateway, forged, forgotten);
            }
        }
    }

    private void whatWasPaid_isInBoth(GatewayJar gateway) throws Exception {
        Ran ran = audit(gateway);

        assertThat(ran.code()).as("%s", ran.report()).isZero();
        JsonObject usdc = ran.report().objects("assets").getFirst();
        assertThat(usdc.integer("bookCount")).isEqualTo(COUNT);
        assertThat(usdc.integer("chainCount")).isEqualTo(COUNT);
        assertThat(usdc.string("chain")).isEqualTo("20000");
        assertThat(ran.difference()).isZero();
        assertThat(ran.findings()).isEmpty();
        assertThat(ran.report().objects("others")).isEmpty();
    }

    private void transferOutOfBand_isListedApart(GatewayJar gateway) throws Exception {
        String data = "0xa9059cbb" + "0".repeat(24) + PAYEE.substring(2).toLowerCase(Locale.ROOT)
                + "%064x".formatted(5_000_000);
        chain.call(
                "eth_sendTransaction",
                List.of(Map.of("from", chain.payer(1).address(), "to", chain.asset(), "data", data)));

        Ran ran = audit(gateway);

        assertThat(ran.code()).isZero();
        assertThat(ran.difference()).isZero();
        assertThat(ran.report().objects("others"))
                .extracting(other -> other.string("amount"))
                .containsExactly("5000000");
    }

    private void whatWasForgedAndForgotten_isFound(GatewayJar gateway, String forged, String forgotten)
            throws Exception {
        Ran ran = audit(gateway);

        assertThat(ran.code()).as("%s", ran.report()).isEqualTo(DIFFERS);
        assertThat(ran.difference()).isEqualTo(7_000 - 10_000);
        assertThat(ran.findings())
                .extracting(finding -> finding.string("kind"), finding -> finding.string("transaction"))
                .containsExactlyInAnyOrder(tuple("not_on_chain", FORGED), tuple("not_in_book", forgotten));
        assertThat(ran.findings())
                .extracting(finding -> finding.string("payment"))
                .contains(forged);
    }

    private static void pay(GatewayJar gateway) {
        List<JsonObject> answers = Node.run(
                "client-x402-v2.mjs",
                Map.of(
                        "URL", gateway.url("/weather"),
                        "PRIVATE_KEY", chain.payer(0).privateKey(),
                        "CHAIN_ID", "84532",
                        "RPC_URL", chain.rpc(),
                        "COUNT", Integer.toString(COUNT),
                        "SCHEMES", "v2"),
                "",
                Duration.ofMinutes(5));
        assertThat(answers)
                .hasSize(COUNT)
                .allSatisfy(
                        answer -> assertThat(answer.members()).as("%s", answer).containsEntry("status", 200L));
    }

    /** Somebody with access to the disk takes a payment out of the book. @return its transaction */
    private String forget() throws Exception {
        try (Connection book = DriverManager.getConnection("jdbc:h2:file:" + folder + "/book", "farebox", "");
                Statement statement = book.createStatement()) {
            String transaction;
            try (ResultSet row = statement.executeQuery(
                    "select receipt_tx from farebox_payment order by created_at fetch first 1 rows only")) {
                assertThat(row.next()).isTrue();
                transaction = row.getString(1);
            }
            statement.executeUpdate("delete from farebox_payment where receipt_tx = '" + transaction + "'");
            return transaction;
        }
    }

    /** Somebody writes a payment into the book that nobody made. @return its id */
    private String forge() {
        Instant now = Instant.now();
        var request = new ClaimRequest(
                "evm3009:" + chain.caip2() + ":" + chain.asset().toLowerCase(Locale.ROOT) + ":0x" + "11".repeat(20)
                        + ":" + FORGED,
                "0x" + "11".repeat(20),
                new Network(chain.caip2()),
                chain.asset(),
                BigInteger.valueOf(7_000),
                PAYEE,
                "weather",
                "prices",
                "request",
                null,
                null,
                now.plusSeconds(120),
                "{}",
                "a forger",
                now.plusSeconds(30),
                now,
                now,
                now,
                3,
                false);
        try (JdbcBook book = JdbcBook.open("jdbc:h2:file:" + folder + "/book")) {
            Claim claim = ((ClaimResult.Claimed) book.claim(request)).claim();
            book.settling(claim, "reference", now.plusSeconds(30), now);
            SettleResponse receipt = new SettleResponse(true, null, null, FORGED, new Network(chain.caip2()));
            book.settled(claim, receipt, DeliveryState.RUNNING, now.plusSeconds(900), now);
            book.delivered(claim, now);
            return claim.paymentId();
        }
    }

    private Ran audit(GatewayJar gateway) throws Exception {
        Process process = GatewayJar.command(
                folder,
                Map.of(
                        "FAREBOX_ADMIN",
                        OPERATOR,
                        "FAREBOX_ADMIN_URL",
                        gateway.management().toString(),
                        "FAREBOX_CONFIG",
                        folder.resolve("farebox.yaml").toString()),
                "audit",
                "--from",
                "0",
                "--json");
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(said)
                .as("what audit printed, exit code " + process.exitValue())
                .startsWith("{");
        return new Ran(
                process.exitValue(), Json.readObject(said).objects("audits").getFirst());
    }

    private String yaml(String facilitator) {
        return """
                public-url: http://127.0.0.1
                upstream: { url: "%s" }
                pay-to: { eip155: "%s" }
                accept: [base-sepolia/USDC]
                facilitators: [{ id: reference, url: "%s" }]
                networks: { base-sepolia: { rpc: ["%s"], confirmations: 1 } }
                book: { url: "jdbc:h2:file:%s/book" }
                admin: { operator: "%s" }
                routes: [{ id: weather, match: "GET /weather", price: "$0.01", description: Weather }]
                """.formatted(upstream.ready().string("url"), PAYEE, facilitator, chain.rpc(), folder, OPERATOR);
    }
}
