package io.farebox.chain.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.OutcomeLookup.Outcome;
import io.farebox.testkit.solana.SolanaDraft;
import io.farebox.testkit.solana.SolanaWallet;
import io.farebox.testkit.solana.StubCluster;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.ResourceInfo;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.SettleResponse;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What became of a signed payment on Solana, whose facilitator's answer was lost. */
class SolanaLookupTest {
    private static final Network DEVNET = new Network("solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1");
    private static final String MINT = "4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU";
    private static final LookupLimits LIMITS = new LookupLimits(Duration.ofSeconds(20), Duration.ofSeconds(60));
    private static final Outcome NOT_KNOWN = new Outcome.NotKnown();
    private static final Outcome NEVER = new Outcome.NeverHappened();

    private final StubCluster cluster = StubCluster.start();
    private final SolanaWallet payer = SolanaWallet.create();
    private final SolanaWallet facilitator = SolanaWallet.create();
    private final String payee = SolanaWallet.create().address();
    private final String purse = cluster.account(MINT, payer.address(), 100_000);
    private final String till = cluster.account(MINT, payee, 0);
    private final Instant since = Instant.now();
    private final SolanaDraft draft = paying(facilitator, 10_000).memo("5f1c");

    @AfterEach
    void stop() {
        cluster.close();
    }

    private SolanaDraft paying(SolanaWallet feePayer, long amount) {
        return new SolanaDraft(feePayer).transfer(SolanaDraft.TOKEN, purse, MINT, till, payer, amount);
    }

    private FacilitatorRequest request(SolanaDraft made) {
        var terms = new PaymentRequirements(
                "exact",
                DEVNET,
                BigInteger.valueOf(10_000),
                MINT,
                payee,
                60,
                Map.of("feePayer", facilitator.address()));
        var payload = new SchemePayload.Solana(made.withoutFeePayer());
        var payment = new PaymentPayload(2, "exact", DEVNET, terms, payload, null, Map.of());
        return new FacilitatorRequest(payment, terms, new ResourceInfo("https://api.example.com/a", "", ""));
    }

    private Outcome lookUp(FacilitatorRequest request, @Nullable Instant made) {
        var settings = new ChainSettings(List.of(cluster.url()), 32);
        try (var lookup = new Web3jLookup(Map.of(DEVNET, settings), LIMITS)) {
            return made == null ? lookup.lookUp(request) : lookup.lookUp(request, made);
        }
    }

    private Outcome lookUp() {
        return lookUp(request(draft), since);
    }

    private Outcome happened(SolanaDraft made) {
        return new Outcome.Happened(new SettleResponse(true, null, payer.address(), made.signature(), DEVNET));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void landed_isFoundUnderThePayersAccount(boolean whenIsKnown) {
        cluster.land(paying(facilitator, 1).memo("another"));
        cluster.land(draft);
        cluster.land(paying(facilitator, 10_000).memo("5f1c"));
        assertThat(lookUp(request(draft), whenIsKnown ? since : null)).isEqualTo(happened(draft));
    }

    @Test
    void otherPaymentOfTheSameAmount_provesNothing() {
        cluster.land(paying(facilitator, 10_000).memo("5f1c"));
        assertThat(lookUp()).isEqualTo(NOT_KNOWN);
    }

    @Test
    void payerPaidTheFeeHimself_isAskedForByName() {
        SolanaDraft own = paying(payer, 10_000);
        var request = request(own);
        var payload = new SchemePayload.Solana(own.base64());
        var named = new FacilitatorRequest(
                new PaymentPayload(2, "exact", DEVNET, null, payload, null, Map.of()),
                request.requirements(),
                request.resource());
        assertThat(lookUp(named, since)).isEqualTo(NOT_KNOWN);
        cluster.land(own);
        assertThat(lookUp(named, since)).isEqualTo(happened(own));
        assertThat(cluster.asked()).contains("getSignatureStatuses").doesNotContain("getSignaturesForAddress");
    }

    @Test
    void failed_hasHadItsOnlyTry() {
        SolanaDraft tooMuch = paying(facilitator, 10_000_000);
        cluster.land(tooMuch);
        assertThat(lookUp(request(tooMuch), since)).isEqualTo(NEVER);
    }

    @Test
    void paidSomebodyElse_isNotThePayment() {
        String theirs = cluster.account(MINT, SolanaWallet.create().address(), 0);
        SolanaDraft elsewhere =
                new SolanaDraft(facilitator).transfer(SolanaDraft.TOKEN, purse, MINT, theirs, payer, 10_000);
        cluster.land(elsewhere);
        assertThat(lookUp(request(elsewhere), since)).isEqualTo(NEVER);
    }

    @Test
    void notFinal_isNotKnownEvenWhenItsTimeIsOver() {
        cluster.land(draft, "confirmed", Instant.now());
        assertThat(lookUp()).isEqualTo(NOT_KNOWN);
        cluster.expireAt(since.plusSeconds(3_600));
        assertThat(lookUp()).isEqualTo(NOT_KNOWN);
        cluster.level(draft.signature(), "finalized");
        assertThat(lookUp()).isEqualTo(happened(draft));
    }

    @Test
    void timeOver_neverHappened() {
        assertThat(lookUp()).isEqualTo(NOT_KNOWN);
        cluster.expireAt(since.plusSeconds(3_600));
        assertThat(lookUp()).isEqualTo(NEVER);
        assertThat(lookUp(request(draft), null)).isEqualTo(NOT_KNOWN);
    }

    @Test
    void blockhashThatTheNodeDoesNotKnowYet_provesNothing() {
        cluster.expireAt(since.plusSeconds(30));
        assertThat(lookUp()).isEqualTo(NOT_KNOWN);
    }

    @Test
    void nodeThatForgets_provesNothing() {
        cluster.expireAt(since.plusSeconds(3_600));
        cluster.keepSince(since.minusSeconds(60));
        assertThat(lookUp()).isEqualTo(NOT_KNOWN);
        cluster.keepSince(since.minusSeconds(3_600));
        assertThat(lookUp()).isEqualTo(NEVER);
    }

    @Test
    void durableNonce_isNeverTooOld() {
        byte[] advance =
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(4).array();
        SolanaDraft durable = new SolanaDraft(facilitator)
                .call(
                        "11111111111111111111111111111111",
                        advance,
                        SolanaWallet.create().address())
                .transfer(SolanaDraft.TOKEN, purse, MINT, till, payer, 10_000);
        cluster.expireAt(since.plusSeconds(3_600));
        assertThat(lookUp(request(durable), since)).isEqualTo(NOT_KNOWN);
    }

    @Test
    void manyOthers_proveNothing() {
        for (int i = 0; i < 22; i++) cluster.land(paying(facilitator, 1).memo("5f1c"));
        cluster.expireAt(since.plusSeconds(3_600));
        assertThat(lookUp()).isEqualTo(NOT_KNOWN);
    }

    @Test
    void failingNode_isNotKnown() {
        cluster.land(draft);
        for (String method : List.of("getSlot", "getSignaturesForAddress", "getTransaction")) {
            cluster.behave();
            cluster.on(method, params -> new StubCluster.RpcError(-32005));
            assertThat(lookUp()).as(method).isEqualTo(NOT_KNOWN);
            cluster.on(method, params -> "???");
            assertThat(lookUp()).as(method).isEqualTo(NOT_KNOWN);
        }
    }
}
