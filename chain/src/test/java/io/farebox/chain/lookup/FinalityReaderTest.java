package io.farebox.chain.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Claim;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.FinalityLookup.Standing;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PaymentState;
import io.farebox.x402.PaymentIdentity;
import io.farebox.x402.SettleResponse;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a payment after it was charged, as one or two nodes tell it. */
class FinalityReaderTest {
    private static final Standing FINAL = new Standing.Final();
    private static final Standing UNDONE = new Standing.Undone();
    private static final Standing NOT_KNOWN = new Standing.NotKnown();

    /** Its window ends before the final block. */
    private static final long OVER = 48_900;

    private final SampleChain chain = new SampleChain();
    private final StubNode node = chain.tellBy(new StubNode());
    private final SampleChain otherChain = new SampleChain();
    private final StubNode other = otherChain.tellBy(new StubNode());

    @AfterEach
    void stop() {
        node.close();
        other.close();
    }

    private static PaymentRecord charged(long lastBlock, String transaction) {
        String key = PaymentIdentity.ofAuthorization(
                SampleChain.NETWORK, SampleChain.ASSET, SampleChain.PAYER, SampleChain.NONCE);
        return charged(key, lastBlock, transaction);
    }

    private static PaymentRecord charged(String key, long lastBlock, String transaction) {
        return new PaymentRecord(
                new Claim("pay-1", key, 3),
                PaymentState.SETTLED,
                DeliveryState.COMPLETE,
                SampleChain.PAYER,
                SampleChain.NETWORK,
                SampleChain.ASSET,
                BigInteger.valueOf(SampleChain.AMOUNT),
                SampleChain.PAY_TO,
                "route",
                "prices",
                "request",
                null,
                Instant.ofEpochSecond(SampleChain.time(lastBlock)),
                "facilitator",
                null,
                new SettleResponse(true, null, SampleChain.PAYER, transaction, SampleChain.NETWORK),
                0,
                null,
                Instant.EPOCH,
                null,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    private Standing look(PaymentRecord row, StubNode... nodes) {
        ChainSettings settings =
                new ChainSettings(Stream.of(nodes).map(StubNode::url).toList(), 6);
        try (Web3jLookup lookup = new Web3jLookup(Map.of(SampleChain.NETWORK, settings))) {
            return lookup.finality().lookAgain(row);
        }
    }

    private Standing look(long lastBlock) {
        return look(charged(lastBlock, SampleChain.TRANSACTION), node);
    }

    private static void forget(SampleChain which) {
        which.spent = false;
        which.logs.clear();
        which.status = "0x0";
    }

    @Test
    void transferInAFinalBlock_isFinal_withFewQuestions() {
        chain.block = 48_000;

        assertThat(look(48_010)).isEqualTo(FINAL);
        assertThat(node.asked)
                .containsExactly(
                        "eth_chainId", "eth_getTransactionReceipt", "eth_getBlockByNumber", "eth_getBlockByNumber");
    }

    @Test
    void hashInCapitals_isTheSameTransaction() {
        chain.block = 48_000;

        assertThat(look(charged(48_010, SampleChain.TRANSACTION.replace("cd", "CD")), node))
                .isEqualTo(FINAL);
    }

    @Test
    void transferInABlockThatCanBeUndone_waits() {
        assertThat(look(50_030))
                .isEqualTo(new Standing.Waiting(
                        Instant.ofEpochSecond(SampleChain.time(49_990)),
                        Instant.ofEpochSecond(SampleChain.time(49_000))));
    }

    @Test
    void chainThatCallsNothingFinal_isFinalAsDeepAsConfigured() {
        chain.finalized = null;
        chain.block = 49_995;
        assertThat(look(50_030)).isEqualTo(FINAL);

        chain.logs.forEach(log -> List.of("blockHash", "blockNumber").forEach(log::remove));
        chain.block = 49_996;
        assertThat(look(50_030)).isInstanceOf(Standing.Waiting.class);
    }

    @Test
    void gone_whileItMayComeBack_isNotKnown() {
        forget(chain);

        assertThat(look(50_030)).isEqualTo(NOT_KNOWN);
        // Over at the newest block, and not yet at the final one.
        assertThat(look(49_500)).isEqualTo(NOT_KNOWN);
    }

    @Test
    void gone_andOverAtAFinalBlock_isUndone() {
        forget(chain);

        assertThat(look(OVER)).isEqualTo(UNDONE);
    }

    @Test
    void transactionUnknown_authorizationUnused_isUndone() {
        forget(chain);

        assertThat(look(charged(OVER, "0x" + "ee".repeat(32)), node)).isEqualTo(UNDONE);
        assertThat(look(charged(OVER, "no hash at all"), node)).isEqualTo(UNDONE);
    }

    @Test
    void inAnotherTransaction_isFoundByItsAuthorization() {
        chain.block = 48_000;

        assertThat(look(charged(48_010, "0x" + "ee".repeat(32)), node)).isEqualTo(FINAL);
    }

    @Test
    void nonceUsedForSomebodyElse_isUndoneOnceFinal() {
        chain.logs.set(1, chain.transfer(SampleChain.ASSET, SampleChain.PAYER, SampleChain.OTHER, SampleChain.AMOUNT));
        chain.block = 48_000;
        assertThat(look(48_010)).isEqualTo(UNDONE);

        chain.logs.forEach(log -> List.of("blockHash", "blockNumber").forEach(log::remove));
        chain.block = 49_990;
        assertThat(look(50_030)).isEqualTo(NOT_KNOWN);
    }

    @Test
    void cancelledAuthorization_isUndoneOnceFinal() {
        chain.logs.set(
                0,
                chain.log(
                        SampleChain.ASSET,
                        List.of(
                                SampleChain.CANCELED,
                                SampleChain.word(SampleChain.PAYER),
                                SampleChain.NONCE.toLowerCase(java.util.Locale.ROOT)),
                        "0x"));
        chain.logs.remove(1);
        chain.block = 48_000;

        assertThat(look(48_010)).isEqualTo(UNDONE);
    }

    @Test
    void receiptOfABlockThatWasReplaced_isNotBelieved() {
        chain.block = 48_000;
        node.on(
                "eth_getBlockByNumber",
                params -> Map.of(
                        "number",
                        params.getFirst().equals("finalized") ? SampleChain.hex(49_000) : params.getFirst(),
                        "hash",
                        "0x" + "77".repeat(32),
                        "timestamp",
                        SampleChain.hex(SampleChain.time(48_000)),
                        "transactions",
                        List.of()));

        assertThat(look(48_010)).isEqualTo(NOT_KNOWN);
    }

    @Test
    void undone_isBelievedOnlyIfAllNodesSaySo() {
        forget(chain);
        forget(otherChain);
        assertThat(look(charged(OVER, SampleChain.TRANSACTION), node, other)).isEqualTo(UNDONE);

        other.on("eth_call", params -> new StubNode.RpcError(-32000));
        assertThat(look(charged(OVER, SampleChain.TRANSACTION), node, other)).isEqualTo(NOT_KNOWN);
    }

    @Test
    void nodesThatDisagree_proveNothing() {
        forget(chain);
        otherChain.block = 48_000;

        assertThat(look(charged(OVER, SampleChain.TRANSACTION), node, other)).isEqualTo(NOT_KNOWN);
        assertThat(look(charged(OVER, SampleChain.TRANSACTION), other, node)).isEqualTo(FINAL);
    }

    @Test
    void nodeOfAnotherChain_hasNoSay() {
        forget(chain);
        otherChain.chainId = 1;
        assertThat(look(charged(OVER, SampleChain.TRANSACTION), other, node)).isEqualTo(UNDONE);

        chain.chainId = 1;
        assertThat(look(charged(OVER, SampleChain.TRANSACTION), other, node)).isEqualTo(NOT_KNOWN);
    }

    @Test
    void paymentThatNoChainKnows_isOffChain() {
        assertThat(look(charged("tx:" + SampleChain.NETWORK + ":0x12", OVER, SampleChain.TRANSACTION), node))
                .isEqualTo(new Standing.OffChain());
        assertThat(node.asked).isEmpty();
    }

    @Test
    void nodeAway_isNotKnown() {
        node.close();

        assertThat(look(OVER)).isEqualTo(NOT_KNOWN);
    }
}
