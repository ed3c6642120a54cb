package io.farebox.chain.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.chain.lookup.TransferReader.Word;
import io.farebox.chain.lookup.TransferSight.Mined;
import io.farebox.chain.lookup.TransferSight.Moved;
import io.farebox.x402.Network;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What nodes show of a transaction, and what is believed of it. */
class TransferReaderTest {
    private static final String TX = SampleChain.TRANSACTION;
    private static final byte[] DIGEST = new byte[32];
    private static final String YES = "0x1626ba7e" + "0".repeat(56);

    private final SampleChain chain = new SampleChain();
    private final StubNode node = chain.tellBy(new StubNode());
    private final StubNode second = new SampleChain().tellBy(new StubNode());

    @AfterEach
    void stop() {
        node.close();
        second.close();
    }

    private TransferSight read(StubNode... nodes) {
        return ask(nodes, reader -> reader.read(SampleChain.NETWORK, TX));
    }

    private interface Question<T> {
        T of(TransferReader reader);
    }

    private static <T> T ask(StubNode[] nodes, Question<T> question) {
        List<String> urls = List.of(nodes).stream().map(StubNode::url).toList();
        var limits = new LookupLimits(Duration.ofSeconds(2), Duration.ofSeconds(8));
        try (var lookup = new Web3jLookup(Map.of(SampleChain.NETWORK, new ChainSettings(urls, 6)), limits)) {
            return question.of(lookup.transfers());
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    @Test
    void mined_tellsOfAllTransfers() {
        chain.logs.add(chain.transfer(SampleChain.OTHER, SampleChain.PAYER, SampleChain.PAY_TO, 5));
        Mined mined = (Mined) read(node);
        assertThat(mined.at()).isEqualTo(Instant.ofEpochSecond(SampleChain.time(chain.block)));
        assertThat(mined.transfers())
                .containsExactly(
                        new Moved(
                                8,
                                lower(SampleChain.ASSET),
                                SampleChain.PAYER,
                                lower(SampleChain.PAY_TO),
                                BigInteger.valueOf(10_000)),
                        new Moved(
                                9,
                                SampleChain.OTHER,
                                SampleChain.PAYER,
                                lower(SampleChain.PAY_TO),
                                BigInteger.valueOf(5)));
        assertThat(mined.authorizations())
                .containsExactly(
                        new TransferSight.Used(lower(SampleChain.ASSET), SampleChain.PAYER, lower(SampleChain.NONCE)));
    }

    @Test
    void otherForms_areNoTransfers() {
        String from = SampleChain.word(SampleChain.PAYER);
        String to = SampleChain.word(SampleChain.PAY_TO);
        chain.logs.clear();
        for (List<String> topics : List.of(
                List.of(SampleChain.TRANSFER, from),
                List.of(SampleChain.TRANSFER, from, to, SampleChain.word(7)),
                List.of(SampleChain.TRANSFER, "0x01" + from.substring(4), to),
                List.of(SampleChain.CANCELED, from, to),
                List.<String>of())) chain.logs.add(chain.log(SampleChain.ASSET, topics, SampleChain.word(10_000)));
        chain.logs.add(chain.log(SampleChain.ASSET, List.of(SampleChain.TRANSFER, from, to), "0x"));
        assertThat(((Mined) read(node)).transfers()).isEmpty();
    }

    @Test
    void tooFewConfirmations_arePending() {
        chain.block = chain.head - 4;
        assertThat(read(node)).isEqualTo(new TransferSight.Pending());
        chain.block = chain.head - 5;
        chain.logs.forEach(log -> log.keySet().removeAll(List.of("blockHash", "blockNumber")));
        assertThat(read(node)).isInstanceOf(Mined.class);
    }

    @Test
    void failed_isReverted() {
        chain.status = "0x0";
        assertThat(read(node)).isEqualTo(new TransferSight.Reverted());
    }

    @Test
    void withoutReceipt_isPendingIfKnown() {
        node.on("eth_getTransactionReceipt", params -> null);
        node.on("eth_getTransactionByHash", params -> Map.of("hash", TX));
        assertThat(read(node)).isEqualTo(new TransferSight.Pending());
        node.on("eth_getTransactionByHash", params -> Map.of("hash", SampleChain.hash(1)));
        assertThat(read(node)).isEqualTo(new TransferSight.Unreadable());
    }

    @Test
    void unknown_isNotFoundOnlyIfAllNodesSaySo() {
        for (StubNode each : List.of(node, second)) {
            each.on("eth_getTransactionReceipt", params -> null);
            each.on("eth_getTransactionByHash", params -> null);
        }
        assertThat(read(node, second)).isEqualTo(new TransferSight.NotFound());
        second.on("eth_getTransactionByHash", params -> new StubNode.RpcError(-32000));
        assertThat(read(node, second)).isEqualTo(new TransferSight.Unreadable());
        assertThat(read(second, node)).isEqualTo(new TransferSight.Unreadable());
    }

    @Test
    void nodeThatLags_isHelpedByAnother() {
        node.on("eth_getTransactionReceipt", params -> null);
        node.on("eth_getTransactionByHash", params -> null);
        assertThat(read(node, second)).isInstanceOf(Mined.class);
    }

    @Test
    @Timeout(50)
    void nodeThatHangs_isNotWaitedFor() {
        node.onRudely("eth_chainId", (exchange, id) -> node.hang());
        var limits = new LookupLimits(Duration.ofSeconds(60), Duration.ofMillis(20), Duration.ofSeconds(120));
        var settings = new ChainSettings(List.of(node.url(), second.url()), 6);
        try (var lookup = new Web3jLookup(Map.of(SampleChain.NETWORK, settings), limits)) {
            assertThat(lookup.transfers().read(SampleChain.NETWORK, TX)).isInstanceOf(Mined.class);
        }
    }

    @Test
    void lies_areNotBelieved() {
        chain.logs.getLast().put("removed", true);
        assertThat(read(node)).isEqualTo(new TransferSight.Unreadable());
        chain.logs.getLast().put("removed", false);
        chain.logs.getLast().put("transactionHash", SampleChain.hash(1));
        assertThat(read(node)).isEqualTo(new TransferSight.Unreadable());
        chain.logs.getLast().put("transactionHash", TX);
        chain.logs.getLast().put("logIndex", "0x0");
        assertThat(read(node)).isEqualTo(new TransferSight.Unreadable());
        chain.logs.getLast().put("logIndex", "0x8");
        assertThat(read(node)).isInstanceOf(Mined.class);
        chain.status = "0x2";
        assertThat(read(node)).isEqualTo(new TransferSight.Unreadable());
        assertThat(read(node, second)).isInstanceOf(Mined.class);
    }

    @Test
    void replacedBlock_isNotBelieved() {
        Map<String, Object> receipt = chain.receipt();
        receipt.put("blockHash", SampleChain.hash(1));
        chain.logs.forEach(log -> log.put("blockHash", SampleChain.hash(1)));
        node.on("eth_getTransactionReceipt", params -> receipt);
        assertThat(read(node)).isEqualTo(new TransferSight.Unreadable());
    }

    @Test
    void failureInAReplacedBlock_isNotBelieved() {
        chain.status = "0x0";
        chain.logs.clear();
        Map<String, Object> receipt = chain.receipt();
        receipt.put("blockHash", SampleChain.hash(1));
        node.on("eth_getTransactionReceipt", params -> receipt);
        assertThat(read(node)).isEqualTo(new TransferSight.Unreadable());
    }

    @Test
    void receiptOfAnother_isNotBelieved() {
        Map<String, Object> receipt = chain.receipt();
        receipt.put("transactionHash", SampleChain.hash(1));
        node.on("eth_getTransactionReceipt", params -> receipt);
        assertThat(read(node)).isEqualTo(new TransferSight.Unreadable());
    }

    @Test
    void wrongChain_isNotAsked() {
        chain.chainId = 1;
        assertThat(read(node)).isEqualTo(new TransferSight.Unreadable());
        assertThat(node.asked).containsExactly("eth_chainId");
        TransferSight unasked = ask(new StubNode[] {second}, reader -> reader.read(new Network("eip155:1"), TX));
        assertThat(unasked).isEqualTo(new TransferSight.Unreadable());
    }

    private Word word(StubNode... nodes) {
        return ask(nodes, reader -> reader.isSigned(SampleChain.NETWORK, SampleChain.OTHER, DIGEST, "0x1122"));
    }

    @Test
    void wallet_isBelievedOnlyInTheRightWords() {
        for (String no :
                List.of("0x", YES + "00", "0x1626ba7e", "0x" + "0".repeat(56) + "1626ba7e", SampleChain.word(1))) {
            node.on("eth_call", params -> no);
            assertThat(word(node)).as(no).isEqualTo(Word.NOT_SIGNED);
        }
        node.on("eth_call", params -> YES);
        assertThat(word(node)).isEqualTo(Word.SIGNED);
        node.on("eth_call", params -> new StubNode.RpcError(3));
        assertThat(word(node)).isEqualTo(Word.NOT_SIGNED);
        node.on("eth_call", params -> null);
        assertThat(word(node)).isEqualTo(Word.UNREADABLE);
        node.on("eth_call", params -> "0x" + "00".repeat(2_000_000));
        assertThat(word(node)).isEqualTo(Word.UNREADABLE);
    }

    @Test
    void wallet_isAskedWithACapOnItsCost() {
        node.on("eth_call", params -> {
            Map<?, ?> call = (Map<?, ?>) params.getFirst();
            String expected = "0x1626ba7e" + "00".repeat(32)
                    + SampleChain.word(64).substring(2) + SampleChain.word(2).substring(2) + "1122" + "00".repeat(30);
            return call.get("data").equals(expected) && call.get("gas") != null ? YES : "0x";
        });
        assertThat(word(node)).isEqualTo(Word.SIGNED);
    }
}
