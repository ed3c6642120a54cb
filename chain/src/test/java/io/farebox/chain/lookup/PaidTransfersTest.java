package io.farebox.chain.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PaidTransfersTest {
    private static final String ASSET = SampleChain.ASSET.toLowerCase(Locale.ROOT);
    private static final String PAYEE = SampleChain.PAY_TO.toLowerCase(Locale.ROOT);

    private final SampleChain chain = new SampleChain();
    private final StubNode node = chain.tellBy(new StubNode());
    private final List<Map<String, Object>> logs = new ArrayList<>();
    private final List<Long> ranges = new ArrayList<>();

    /** More blocks than this a node will not search at once. */
    private long longest = 1_000_000;

    @AfterEach
    void stop() {
        node.close();
    }

    private PaidTransfers open(StubNode... nodes) {
        node.on("eth_getLogs", this::logs);
        List<String> urls = List.of(nodes).stream().map(StubNode::url).toList();
        return new PaidTransfers(SampleChain.NETWORK, new ChainSettings(urls, 6));
    }

    private Object logs(List<?> params) {
        Map<?, ?> filter = (Map<?, ?>) params.getFirst();
        long from = SampleChain.number((String) filter.get("fromBlock"));
        long to = SampleChain.number((String) filter.get("toBlock"));
        ranges.add(to - from + 1);
        if (to - from + 1 > longest) return new StubNode.RpcError(-32005);
        Object event = ((List<?>) filter.get("topics")).getFirst();
        return logs.stream()
                .filter(log -> ((List<?>) log.get("topics")).getFirst().equals(event))
                .filter(log -> within(log, from, to))
                .toList();
    }

    private static boolean within(Map<String, Object> log, long from, long to) {
        long block = SampleChain.number((String) log.get("blockNumber"));
        return from <= block && block <= to;
    }

    private void add(Map<String, Object> log, long block, long index, int transaction) {
        Map<String, Object> placed = new HashMap<>(log);
        placed.put("blockNumber", SampleChain.hex(block));
        placed.put("blockHash", SampleChain.hash(block));
        placed.put("logIndex", SampleChain.hex(index));
        placed.put("transactionHash", hash(transaction));
        logs.add(placed);
    }

    private static String hash(int transaction) {
        return "0x" + "%064x".formatted(transaction);
    }

    private void used(String payer, String nonce, long block, long index, int transaction) {
        add(
                chain.log(SampleChain.ASSET, List.of(SampleChain.USED, SampleChain.word(payer), nonce), "0x"),
                block,
                index,
                transaction);
    }

    private void transfer(String payer, long value, long block, long index, int transaction) {
        add(chain.transfer(SampleChain.ASSET, payer, SampleChain.PAY_TO, value), block, index, transaction);
    }

    private static String nonce(int n) {
        return "0x" + "%064x".formatted(0xabc000 + n);
    }

    private List<PaidTransfer> read(PaidTransfers transfers, long from, long to) throws ChainUnreadableException {
        List<PaidTransfer> all = new ArrayList<>();
        transfers.read(Set.of(ASSET), Set.of(PAYEE), from, to, all::add);
        return all;
    }

    private static PaidTransfer paid(String payer, long value, long block, long index, int transaction) {
        return new PaidTransfer(ASSET, payer, PAYEE, BigInteger.valueOf(value), hash(transaction), block, index, null);
    }

    @Test
    void transfers_areToldWithTheAuthorizationTheyBelongTo() throws Exception {
        used(SampleChain.PAYER, nonce(1), 100, 0, 1);
        transfer(SampleChain.PAYER, 10, 100, 1, 1);
        // A batch: two payers, and one of them twice.
        used(SampleChain.PAYER, nonce(2), 200, 0, 2);
        transfer(SampleChain.PAYER, 20, 200, 1, 2);
        used(SampleChain.OTHER, nonce(3), 200, 2, 2);
        transfer(SampleChain.OTHER, 30, 200, 3, 2);
        used(SampleChain.PAYER, nonce(4), 200, 4, 2);
        transfer(SampleChain.PAYER, 40, 200, 5, 2);
        transfer(SampleChain.OTHER, 50, 300, 0, 3); // no authorization

        try (PaidTransfers transfers = open(node)) {
            assertThat(read(transfers, 0, 1_000))
                    .containsExactly(
                            paid(SampleChain.PAYER, 10, 100, 1, 1).with(nonce(1)),
                            paid(SampleChain.PAYER, 20, 200, 1, 2).with(nonce(2)),
                            paid(SampleChain.OTHER, 30, 200, 3, 2).with(nonce(3)),
                            paid(SampleChain.PAYER, 40, 200, 5, 2).with(nonce(4)),
                            paid(SampleChain.OTHER, 50, 300, 0, 3));
        }
    }

    @Test
    void rangeThatANodeRefuses_isHalvedUntilItDoesNot() throws Exception {
        for (int block = 0; block < 3_000; block += 100) transfer(SampleChain.OTHER, 1, block, 0, block);
        longest = 300;

        try (PaidTransfers transfers = open(node)) {
            assertThat(read(transfers, 0, 2_999)).hasSize(30).doesNotHaveDuplicates();
        }
        assertThat(ranges.stream().filter(range -> range > longest)).hasSize(2);
    }

    @Test
    void nodeThatRefusesEvenOneBlock_isTold() {
        longest = 0;

        try (PaidTransfers transfers = open(node)) {
            assertThatExceptionOfType(ChainUnreadableException.class)
                    .isThrownBy(() -> read(transfers, 0, 99))
                    .withMessageContaining("block 0")
                    .withMessageContaining("rpc_error")
                    .withMessageNotContaining("secret");
        }
    }

    @Test
    void nodeThatIsDown_isSkipped() throws Exception {
        transfer(SampleChain.OTHER, 1, 10, 0, 1);
        StubNode down = new StubNode();
        down.close();

        try (PaidTransfers transfers = open(down, node)) {
            assertThat(read(transfers, 0, 99)).hasSize(1);
            assertThat(transfers.newestThatCounts()).isEqualTo(chain.head - 5);
        }
    }

    @Test
    void logsThatWereNotAskedFor_areNotBelieved() {
        add(chain.transfer(SampleChain.ASSET, SampleChain.PAYER, SampleChain.OTHER, 7), 10, 0, 1);

        try (PaidTransfers transfers = open(node)) {
            assertThatExceptionOfType(ChainUnreadableException.class)
                    .isThrownBy(() -> read(transfers, 0, 99))
                    .withMessageContaining("bad_answer");
        }
    }

    @Test
    void blocks_areFoundByTheirTime() throws Exception {
        try (PaidTransfers transfers = open(node)) {
            long newest = transfers.newestThatCounts();
            assertThat(transfers.firstSince(Instant.ofEpochSecond(SampleChain.time(700)), newest))
                    .isEqualTo(700);
            assertThat(transfers.firstSince(Instant.ofEpochSecond(SampleChain.time(700) - 1), newest))
                    .isEqualTo(700);
            assertThat(transfers.firstSince(Instant.EPOCH, newest)).isZero();
            assertThat(transfers.firstSince(Instant.parse("2100-01-01T00:00:00Z"), newest))
                    .isEqualTo(newest + 1);
            assertThat(transfers.timeOf(700)).isEqualTo(Instant.ofEpochSecond(SampleChain.time(700)));
        }
    }

    @Test
    void transaction_isFoundInItsBlock_ifItSucceeded() throws Exception {
        try (PaidTransfers transfers = open(node)) {
            assertThat(transfers.blockOf(SampleChain.TRANSACTION)).hasValue(chain.block);
            assertThat(transfers.blockOf(hash(9))).isEmpty();
            chain.status = "0x0";
            assertThat(transfers.blockOf(SampleChain.TRANSACTION)).isEmpty();
        }
    }
}
