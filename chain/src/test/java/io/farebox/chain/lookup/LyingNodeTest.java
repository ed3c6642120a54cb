package io.farebox.chain.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.OutcomeLookup.Outcome;
import io.farebox.x402.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that err, lie or hang prove nothing; the next node is asked. */
@Timeout(30)
class LyingNodeTest {
    private static final LookupLimits SHORT = new LookupLimits(Duration.ofMillis(500), Duration.ofSeconds(5));

    private final SampleChain lie = new SampleChain();
    private final StubNode liar = lie.tellBy(new StubNode());
    private final StubNode honest = new SampleChain().tellBy(new StubNode());

    @AfterEach
    void stop() {
        liar.close();
        honest.close();
    }

    /** The liar alone proves nothing, and with the honest node behind it the truth comes out. */
    private void assertNotBelieved() {
        lie.finalized = lie.head;
        try (Web3jLookup alone = lookup(liar.url());
                Web3jLookup both = lookup(liar.url(), honest.url())) {
            assertThat(alone.lookUp(SampleChain.payment())).isInstanceOf(Outcome.NotKnown.class);
            assertThat(both.lookUp(SampleChain.payment())).isInstanceOf(Outcome.Happened.class);
        }
        assertThat(liar.asked).as("the liar was heard").isNotEmpty();
    }

    private static Web3jLookup lookup(String... urls) {
        return new Web3jLookup(Map.of(SampleChain.NETWORK, new ChainSettings(List.of(urls), 6)), SHORT);
    }

    @Test
    void anotherChain_notBelievedAndNotAskedAgain() {
        lie.chainId = 8453;
        try (Web3jLookup both = lookup(liar.url(), honest.url())) {
            assertThat(both.lookUp(SampleChain.payment())).isInstanceOf(Outcome.Happened.class);
            assertThat(both.lookUp(SampleChain.payment())).isInstanceOf(Outcome.Happened.class);
        }
        assertThat(liar.asked).containsExactly("eth_chainId");
        assertNotBelieved();
    }

    @Test
    void chainId_askedOnce() {
        try (Web3jLookup lookup = lookup(honest.url())) {
            lookup.lookUp(SampleChain.payment());
            lookup.lookUp(SampleChain.payment());
        }
        assertThat(Collections.frequency(List.copyOf(honest.asked), "eth_chainId"))
                .isOne();
    }

    @Test
    void unreachable_next() {
        String gone;
        try (StubNode closed = new StubNode()) {
            gone = closed.url();
        }
        try (Web3jLookup both = lookup(gone, honest.url())) {
            assertThat(both.lookUp(SampleChain.payment())).isInstanceOf(Outcome.Happened.class);
        }
    }

    @Test
    void behind_next() {
        lie.spent = false;
        assertNotBelieved();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"0x1\"",
                "<html>busy</html>",
                "{\"jsonrpc\":\"2.0\",\"id\":ID}",
                "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":null}",
                "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":{}}",
                "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":\"\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":[null]}",
                "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":[\"0x1\"]}",
                "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":7}",
                "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":\"0x\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":\"0x02\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":ID,\"error\":{\"code\":-32005,\"message\":\"slow down\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":ID,\"error\":{\"code\":-32000,\"message\":\"x\",\"data\":{\"a\":[1]}}}",
                "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":{\"number\":null,\"hash\":null,\"timestamp\":null}}",
                "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":{\"logs\":null,\"status\":null}}"
            })
    void garbage_notBelieved(String body) {
        for (String method : List.of(
                "eth_chainId", "eth_getBlockByNumber", "eth_call", "eth_getLogs", "eth_getTransactionReceipt")) {
            liar.onRudely(
                    method, (exchange, id) -> StubNode.send(exchange, 200, body.replace("ID", Long.toString(id))));
            assertNotBelieved();
            lie.tellBy(liar);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 302, 400, 429, 500, 503})
    void otherStatus_notBelieved(int status) {
        liar.onRudely("eth_getTransactionReceipt", (exchange, id) -> {
            exchange.getResponseHeaders().set("Location", honest.url());
            exchange.sendResponseHeaders(status, -1);
        });
        assertNotBelieved();
    }

    @Test
    void answerToAnotherRequest_notBelieved() {
        liar.onRudely(
                "eth_call",
                (exchange, id) -> StubNode.send(
                        exchange,
                        200,
                        "{\"jsonrpc\":\"2.0\",\"id\":99999,\"result\":\"" + SampleChain.word(1) + "\"}"));
        assertNotBelieved();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth_chainId", "eth_getTransactionReceipt"})
    void hangs_next(String method) {
        liar.onRudely(method, (exchange, id) -> liar.hang());
        assertNotBelieved();
    }

    @Test
    void hangsInMidBody_next() {
        liar.onRudely("eth_getLogs", (exchange, id) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            liar.hang();
        });
        assertNotBelieved();
    }

    @Test
    void hugeReply_notReadToItsEnd() {
        byte[] spaces = " ".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
        AtomicInteger written = new AtomicInteger();
        liar.onRudely("eth_getLogs", (exchange, id) -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 1600; i++) {
                exchange.getResponseBody().write(spaces);
                written.incrementAndGet();
            }
        });
        assertNotBelieved();
        assertThat(written).as("of two replies with 1600 parts").hasValueLessThan(1600);
    }

    @Test
    void hundredsOfNestedArrays_notBelieved() {
        liar.onRudely("eth_getLogs", (exchange, id) -> StubNode.send(exchange, 200, "[".repeat(500_000)));
        assertNotBelieved();
    }

    @Test
    void wholeLookup_hasADeadline() {
        liar.onRudely("eth_chainId", (exchange, id) -> liar.hang());
        LookupLimits limits = new LookupLimits(Duration.ofMillis(200), Duration.ofMillis(300));
        ChainSettings settings = new ChainSettings(Collections.nCopies(50, liar.url()), 6);
        long start = System.nanoTime();
        try (Web3jLookup lookup = new Web3jLookup(Map.of(SampleChain.NETWORK, settings), limits)) {
            assertThat(lookup.lookUp(SampleChain.payment())).isInstanceOf(Outcome.NotKnown.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"address", "topics", "blockHash", "blockNumber", "transactionHash", "logIndex", "removed"})
    void logWithANullField_notBelieved(String field) {
        Map<String, Object> log = new HashMap<>(lie.placed().getFirst());
        log.remove(field);
        String rest = Json.write(log);
        String whole = "{\"" + field + "\":null," + rest.substring(1);
        liar.onRudely(
                "eth_getLogs",
                (exchange, id) -> StubNode.send(
                        exchange, 200, "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":[" + whole + "]}"));
        assertNotBelieved();
    }

    private void assertLogNotBelieved(String field, Object value) {
        Map<String, Object> log = new HashMap<>(lie.placed().getFirst());
        log.put(field, value);
        liar.on("eth_getLogs", params -> List.of(log));
        assertNotBelieved();
    }

    @Test
    void logThatWasNotAskedFor_notBelieved() {
        String payer = SampleChain.word(SampleChain.PAYER);
        String nonce = "0x" + "ab".repeat(32);
        assertLogNotBelieved("address", SampleChain.OTHER);
        assertLogNotBelieved("topics", List.of(SampleChain.USED, payer));
        assertLogNotBelieved("topics", List.of(SampleChain.USED, payer, nonce, nonce));
        assertLogNotBelieved("topics", List.of(SampleChain.USED, payer, SampleChain.word(1)));
        assertLogNotBelieved("topics", List.of(SampleChain.USED, SampleChain.word(SampleChain.OTHER), nonce));
        assertLogNotBelieved("topics", List.of(SampleChain.TRANSFER, payer, nonce));
        assertLogNotBelieved("removed", true);
        assertLogNotBelieved("blockNumber", "0x1");
        assertLogNotBelieved("blockHash", SampleChain.hash(1));
        assertLogNotBelieved("logIndex", "0x63");
        assertLogNotBelieved("transactionHash", SampleChain.word(5));
    }

    private void assertReceiptNotBelieved(String field, Object value) {
        Map<String, Object> receipt = lie.receipt();
        receipt.put(field, value);
        liar.on("eth_getTransactionReceipt", params -> receipt);
        assertNotBelieved();
    }

    @Test
    void receiptThatDoesNotFit_notBelieved() {
        assertReceiptNotBelieved("status", "0x0");
        assertReceiptNotBelieved("status", "1");
        assertReceiptNotBelieved("transactionHash", SampleChain.word(5));
        assertReceiptNotBelieved("blockNumber", "0x1");
        assertReceiptNotBelieved("blockHash", SampleChain.hash(1));
        assertReceiptNotBelieved("logs", List.of());
        assertReceiptNotBelieved("logs", List.of(lie.placed().getLast()));
        assertReceiptNotBelieved(
                "logs", List.of(lie.placed().getLast(), lie.placed().getFirst()));
    }

    private void assertTransferNotBelieved(String field, Object value) {
        Map<String, Object> transfer = new HashMap<>(lie.placed().getLast());
        transfer.put(field, value);
        assertReceiptNotBelieved("logs", List.of(lie.placed().getFirst(), transfer));
    }

    @Test
    void transferOfAnotherShape_notBelieved() {
        String payer = SampleChain.word(SampleChain.PAYER);
        String payee = SampleChain.word(SampleChain.PAY_TO);
        assertTransferNotBelieved("topics", List.of(SampleChain.TRANSFER, payer));
        assertTransferNotBelieved("topics", List.of(SampleChain.TRANSFER, payer, payee, SampleChain.word(10_000)));
        assertTransferNotBelieved("data", "0x");
        assertTransferNotBelieved("data", SampleChain.word(10_000) + "00");
        assertTransferNotBelieved("data", "0x2710");
        assertTransferNotBelieved("removed", true);
        assertTransferNotBelieved("blockHash", SampleChain.hash(1));
        assertTransferNotBelieved("transactionHash", SampleChain.word(5));
    }

    @Test
    void reorganised_blockAtThatHeightIsAnother_notBelieved() {
        liar.on("eth_getBlockByNumber", params -> {
            Map<String, Object> block = new HashMap<>(lie.block(lie.head));
            if (params.getFirst().equals("latest")) return block;
            block.put("number", params.getFirst());
            block.put("hash", SampleChain.word(66));
            return block;
        });
        assertNotBelieved();
    }

    @Test
    void finalBlockAheadOfTheHead_notBelieved() {
        lie.spent = false;
        liar.on("eth_getBlockByNumber", params -> lie.block(params.getFirst().equals("latest") ? 50_031 : 60_000));
        assertNotBelieved();
    }

    @Test
    void finalTagFailsForAWhile_noGuess() {
        lie.spent = false;
        lie.head = 90_000;
        liar.on("eth_getBlockByNumber", params -> switch ((String) params.getFirst()) {
            case "finalized" -> new StubNode.RpcError(-32005);
            case "latest" -> lie.block(lie.head);
            default -> lie.block(SampleChain.number((String) params.getFirst()));
        });
        try (Web3jLookup alone = lookup(liar.url())) {
            assertThat(alone.lookUp(SampleChain.payment())).isInstanceOf(Outcome.NotKnown.class);
        }
    }
}
