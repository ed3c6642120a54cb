package io.farebox.chain.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.OutcomeLookup.Outcome;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.SettleResponse;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chain shows of a payment, told by a node that is honest. */
class Web3jLookupTest {
    private static final Outcome PAID = new Outcome.Happened(
            new SettleResponse(true, null, SampleChain.PAYER, SampleChain.TRANSACTION, SampleChain.NETWORK));
    private static final Outcome NEVER = new Outcome.NeverHappened();
    private static final Outcome NOT_KNOWN = new Outcome.NotKnown();
    private static final String OTHER_NONCE = "0x" + "ee".repeat(32);

    private final SampleChain chain = new SampleChain();
    private final StubNode node = chain.tellBy(new StubNode());

    @AfterEach
    void stop() {
        node.close();
    }

    private Outcome lookUp(FacilitatorRequest request) {
        return lookUp(request, 6);
    }

    private Outcome lookUp(FacilitatorRequest request, int confirmations) {
        ChainSettings settings = new ChainSettings(List.of(node.url()), confirmations);
        try (Web3jLookup lookup = new Web3jLookup(Map.of(SampleChain.NETWORK, settings))) {
            return lookup.lookUp(request);
        }
    }

    private Map<String, Object> used(String payer, String nonce) {
        return chain.log(SampleChain.ASSET, List.of(SampleChain.USED, SampleChain.word(payer), nonce), "0x");
    }

    private Map<String, Object> transfer(String from, String to, long value) {
        return chain.transfer(SampleChain.ASSET, from, to, value);
    }

    @Test
    void paidExactly_happened() {
        assertThat(lookUp(SampleChain.payment())).isEqualTo(PAID);
    }

    @Test
    void everything_askedAtPinnedBlocks() {
        lookUp(SampleChain.payment());

        assertThat(node.asked)
                .containsExactly(
                        "eth_chainId",
                        "eth_getBlockByNumber",
                        "eth_call",
                        "eth_getLogs",
                        "eth_getLogs",
                        "eth_getBlockByNumber",
                        "eth_getTransactionReceipt");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 11})
    void asDeepAsConfigured_happened(int confirmations) {
        assertThat(lookUp(SampleChain.payment(), confirmations)).isEqualTo(PAID);
    }

    @Test
    void notDeepEnough_notKnown() {
        assertThat(lookUp(SampleChain.payment(), 12)).isEqualTo(NOT_KNOWN);
    }

    @Test
    void paidInTheHead_oneConfirmation_happened() {
        chain.block = chain.head;

        assertThat(lookUp(SampleChain.payment(), 1)).isEqualTo(PAID);
        assertThat(lookUp(SampleChain.payment(), 2)).isEqualTo(NOT_KNOWN);
    }

    @ParameterizedTest
    @ValueSource(longs = {49_000, 45_000, 40_031})
    void paidLongAgo_found(long block) {
        chain.block = block;

        assertThat(lookUp(SampleChain.payment())).isEqualTo(PAID);
    }

    @Test
    void paidBeyondTheSearch_notKnown() {
        chain.block = 40_000;

        assertThat(lookUp(SampleChain.payment())).isEqualTo(NOT_KNOWN);
    }

    @Test
    void paidLongAgo_windowLongOver_foundWithoutSearchingEverything() {
        chain.head = 3_000_000;
        chain.finalized = 2_999_000L;

        assertThat(lookUp(SampleChain.payment())).isEqualTo(PAID);
        assertThat(node.asked).hasSizeLessThan(40);
    }

    @Test
    void atTheChainsBeginning_found() {
        chain.head = 3;
        chain.block = 1;
        chain.finalized = 0L;

        assertThat(lookUp(SampleChain.payment(), 3)).isEqualTo(PAID);
    }

    @Test
    void unused_windowOpen_notKnown() {
        chain.spent = false;

        assertThat(lookUp(SampleChain.payment())).isEqualTo(NOT_KNOWN);
    }

    @Test
    void unused_windowOverInAFinalBlock_never() {
        chain.spent = false;

        assertThat(lookUp(SampleChain.payment(48_999))).isEqualTo(NEVER);
    }

    @Test
    void unused_windowOverButNotFinal_notKnown() {
        chain.spent = false;

        assertThat(lookUp(SampleChain.payment(49_000))).isEqualTo(NOT_KNOWN);
        assertThat(lookUp(SampleChain.payment(49_990))).isEqualTo(NOT_KNOWN);
    }

    @Test
    void unused_noFinalizedTag_confirmationsDecide() {
        chain.spent = false;
        chain.finalized = null;

        assertThat(lookUp(SampleChain.payment(49_994))).isEqualTo(NEVER);
        assertThat(lookUp(SampleChain.payment(49_995))).isEqualTo(NOT_KNOWN);
    }

    @Test
    void unused_noFinalizedTag_chainYoungerThanConfirmations_notKnown() {
        chain.spent = false;
        chain.finalized = null;
        chain.head = 3;

        assertThat(lookUp(SampleChain.payment(0))).isEqualTo(NOT_KNOWN);
    }

    @Test
    void cancelled_final_never() {
        chain.logs
                .getFirst()
                .put(
                        "topics",
                        List.of(
                                SampleChain.CANCELED,
                                SampleChain.word(SampleChain.PAYER),
                                SampleChain.NONCE.toLowerCase(Locale.ROOT)));
        chain.block = 49_000;

        assertThat(lookUp(SampleChain.payment())).isEqualTo(NEVER);
        chain.block = 49_001;
        chain.logs.getFirst().keySet().removeAll(List.of("blockHash", "blockNumber"));
        assertThat(lookUp(SampleChain.payment())).isEqualTo(NOT_KNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"amount", "more", "payee", "payer", "contract", "absent"})
    void usedForAnotherTransfer_neverOnceFinal(String difference) {
        chain.logs.removeLast();
        switch (difference) {
            case "amount" -> chain.logs.add(transfer(SampleChain.PAYER, SampleChain.PAY_TO, SampleChain.AMOUNT - 1));
            case "more" -> chain.logs.add(transfer(SampleChain.PAYER, SampleChain.PAY_TO, SampleChain.AMOUNT + 1));
            case "payee" -> chain.logs.add(transfer(SampleChain.PAYER, SampleChain.OTHER, SampleChain.AMOUNT));
            case "payer" -> chain.logs.add(transfer(SampleChain.OTHER, SampleChain.PAY_TO, SampleChain.AMOUNT));
            case "contract" ->
                chain.logs.add(
                        chain.transfer(SampleChain.OTHER, SampleChain.PAYER, SampleChain.PAY_TO, SampleChain.AMOUNT));
            default -> {}
        }
        assertThat(lookUp(SampleChain.payment())).isEqualTo(NOT_KNOWN);
        chain.finalized = 49_990L;
        assertThat(lookUp(SampleChain.payment())).isEqualTo(NEVER);
    }

    @Test
    void batch_eachUseHasItsOwnTransfer_happened() {
        chain.logs.addFirst(transfer(SampleChain.OTHER, SampleChain.PAY_TO, SampleChain.AMOUNT));
        chain.logs.addFirst(used(SampleChain.OTHER, OTHER_NONCE));
        chain.logs.add(used(SampleChain.PAYER, OTHER_NONCE));
        chain.logs.add(transfer(SampleChain.PAYER, SampleChain.PAY_TO, SampleChain.AMOUNT));
        chain.own = 2;

        assertThat(lookUp(SampleChain.payment())).isEqualTo(PAID);
    }

    @Test
    void batch_oneTransferToUsForTwoUses_provesOnlyItsOwn() {
        chain.logs.removeLast();
        chain.logs.add(transfer(SampleChain.PAYER, SampleChain.PAYER, SampleChain.AMOUNT));
        chain.logs.add(used(SampleChain.PAYER, OTHER_NONCE));
        chain.logs.add(transfer(SampleChain.PAYER, SampleChain.PAY_TO, SampleChain.AMOUNT));
        chain.finalized = chain.head;

        assertThat(lookUp(SampleChain.payment())).isEqualTo(NOT_KNOWN);
    }

    @Test
    void transferToldBeforeTheUse_singleOne_happened() {
        chain.logs.add(chain.logs.removeFirst());
        chain.own = 1;

        assertThat(lookUp(SampleChain.payment())).isEqualTo(PAID);
    }

    @Test
    void transfersToldBeforeTheUses_batch_notKnown() {
        chain.logs.removeLast();
        chain.logs.addFirst(transfer(SampleChain.PAYER, SampleChain.PAYER, SampleChain.AMOUNT));
        chain.logs.add(transfer(SampleChain.PAYER, SampleChain.PAY_TO, SampleChain.AMOUNT));
        chain.logs.add(used(SampleChain.PAYER, OTHER_NONCE));
        chain.own = 1;

        assertThat(lookUp(SampleChain.payment())).isEqualTo(NOT_KNOWN);
    }

    @Test
    void solana_notKnownAndNobodyAsked() {
        PaymentRequirements terms = SampleChain.payment().requirements();

        assertThat(lookUp(SampleChain.request(terms, new SchemePayload.Solana("AQAB"))))
                .isEqualTo(NOT_KNOWN);
        assertThat(node.asked).isEmpty();
    }

    @Test
    void networkWithoutRpc_notKnownAndNobodyAsked() {
        try (Web3jLookup lookup = new Web3jLookup(Map.of(
                new Network("eip155:8453"),
                new ChainSettings(List.of(node.url()), 1),
                SampleChain.NETWORK,
                new ChainSettings(List.of(), 1)))) {
            assertThat(lookup.lookUp(SampleChain.payment())).isEqualTo(NOT_KNOWN);
        }
        assertThat(node.asked).isEmpty();
    }

    @Test
    void paymentThatPromisedLess_notKnownAndNobodyAsked() {
        SchemePayload.Eip3009 less = new SchemePayload.Eip3009(
                "0x",
                SampleChain.PAYER,
                SampleChain.PAY_TO,
                BigInteger.valueOf(SampleChain.AMOUNT - 1),
                BigInteger.ZERO,
                BigInteger.valueOf(SampleChain.time(60_000)),
                SampleChain.NONCE);

        assertThat(lookUp(SampleChain.request(SampleChain.payment().requirements(), less)))
                .isEqualTo(NOT_KNOWN);
        assertThat(node.asked).isEmpty();
    }
}
