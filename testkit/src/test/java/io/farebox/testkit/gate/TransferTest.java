package io.farebox.testkit.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Admission;
import io.farebox.gate.Decision;
import io.farebox.gate.Grant;
import io.farebox.gate.Header;
import io.farebox.gate.PaymentState;
import io.farebox.gate.Settlement;
import io.farebox.gate.TransferReasons;
import io.farebox.gate.TransferTerms;
import io.farebox.gate.Transfers;
import io.farebox.testkit.facilitator.Act;
import io.farebox.x402.json.JsonObject;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the gate does with transfers, whoever finds out what is true of them. */
class TransferTest {
    private static final String TX = "0x" + "7A".repeat(32);
    private static final String SOLANA_TX =
            "5h6xBEauJ3PK6SWCZ1PGjBvj8vDdWG3KpwATGy1ARAXFSDwt8GFXM7W5Ncn16wmqokgpiKRLuS83KUxyZyv2sUYv";
    private static final String SIGNATURE = "0x" + "11".repeat(65);
    private static final TransferTerms TERMS = terms(true);

    private final List<String> shown = new ArrayList<>();
    private Transfers.Taken taken = new Transfers.Taken.Credited(GateRig.PAYER);
    private GateRig rig = rig(TERMS);

    private static TransferTerms terms(boolean proofRequired) {
        var chain = new TransferTerms.Chain(6, Map.of(GateRig.ASSET, BigInteger.valueOf(100_000)));
        return new TransferTerms(proofRequired, Duration.ofHours(1), Map.of(GateRig.NETWORK, chain));
    }

    private GateRig rig(TransferTerms terms) {
        return new GateRig(terms, (transfer, asked) -> {
            shown.add(transfer.transaction());
            return taken;
        });
    }

    @AfterEach
    void close() {
        rig.gate.close();
    }

    private JsonObject challenged(GateRig.Request request) {
        Decision.Answer answer = (Decision.Answer) rig.gate.decide(request);
        assertThat(answer.response().status()).isEqualTo(402);
        return GateRig.json(answer.response().body());
    }

    private static JsonObject option(JsonObject body) {
        return body.objects("paymentOptions").getLast();
    }

    private String challenge(GateRig.Request request) {
        return option(challenged(request)).string("challenge");
    }

    private static GateRig.Request weather() {
        return GateRig.Request.get("/weather");
    }

    private static GateRig.Request unproven() {
        return weather().with("X-PAYMENT-TX", TX).with("X-PAYMENT-CHAIN", "base-sepolia");
    }

    private static GateRig.Request proven(String challenge) {
        return unproven().with("X-PAYMENT-PROOF", "eip191 " + challenge + " " + SIGNATURE);
    }

    private GateRig.Request proven() {
        return proven(challenge(weather()));
    }

    private String refusal(GateRig.Request request) {
        return switch (rig.gate.decide(request)) {
            case Decision.Answer answer -> {
                assertThat(answer.response().status()).isEqualTo(402);
                yield GateRig.json(answer.response().body()).string("error");
            }
            case Decision.Attempt attempt -> ((Admission.Refused) rig.gate.admit(attempt, "")).reason();
            case Decision.Inquiry inquiry -> throw new AssertionError("asked about a token");
            case Decision.Free free -> throw new AssertionError("free");
        };
    }

    private int status(GateRig.Request request) {
        return ((Decision.Answer) rig.gate.decide(request)).response().status();
    }

    @Test
    void offered_withAChallengeOfItsOwnEachTime() {
        JsonObject option = option(challenged(weather()));
        assertThat(option.string("type")).isEqualTo("direct_transfer");
        assertThat(option.objects("transfers").getFirst().string("minimum")).isEqualTo("100000");
        assertThat(option.string("challenge")).startsWith("c1.").isNotEqualTo(challenge(weather()));
        assertThat(option.string("proofText")).endsWith(option.string("challenge"));
    }

    @Test
    void notTaken_isNeitherOfferedNorRead() {
        rig.gate.close();
        rig = new GateRig();
        assertThat(challenged(unproven()).objects("paymentOptions"))
                .noneMatch(option -> option.string("type").equals("direct_transfer"));
        assertThat(shown).isEmpty();
    }

    @Test
    void proven_isChargedOnceAndDelivered() {
        GateRig.Request request = proven();
        Grant grant = rig.grant(request);
        assertThat(grant.upstreamHeaders()).contains(new Header("X-Farebox-Payer", GateRig.PAYER));
        assertThat(shown).containsExactly(TX.toLowerCase(java.util.Locale.ROOT));
        assertThat(rig.gate.settle(grant, 200)).isInstanceOf(Settlement.Settled.class);
        rig.gate.delivered(grant);

        assertThat(refusal(request)).isEqualTo("payment_already_used");
        assertThat(rig.first.ledger().charges()).isOne();
        rig.gate.settle(rig.grant(proven()), 200);
        assertThat(rig.first.ledger().charges()).isEqualTo(2);
    }

    @Test
    void failingResource_isNotCharged() {
        Grant grant = rig.grant(proven());
        assertThat(rig.gate.settle(grant, 500)).isInstanceOf(Settlement.NotDue.class);
        assertThat(rig.first.ledger().charges()).isZero();
        assertThat(rig.book.all()).allMatch(row -> row.state() == PaymentState.RELEASED);
    }

    @Test
    void brokenOff_isServedOnTheNextProof_evenFromAnEmptyBalance() {
        Grant grant = rig.grant(proven());
        rig.gate.settle(grant, 200);
        rig.gate.brokenOff(grant, "lost");
        rig.first.onVerify(new Act.Decline("insufficient_funds"));
        Grant again = rig.grant(proven());
        assertThat(rig.gate.settle(again, 200)).isInstanceOf(Settlement.Settled.class);
        assertThat(rig.first.ledger().charges()).isOne();
    }

    @Test
    void emptyBalance_isRefusedBeforeTheResourceRuns_alsoUpfront() {
        rig.upfront();
        rig.first.onVerify(new Act.Decline("insufficient_funds"));
        assertThat(refusal(proven())).isEqualTo("insufficient_funds");
        assertThat(rig.first.settleCalls()).isZero();
    }

    @Test
    void unproven_isRefusedUnlessTheOwnerWantsIt() {
        assertThat(refusal(unproven())).isEqualTo(TransferReasons.PROOF_REQUIRED);
        assertThat(shown).isEmpty();
        rig.gate.close();
        rig = rig(terms(false));
        Grant grant = rig.grant(unproven());
        rig.gate.settle(grant, 200);
        rig.gate.delivered(grant);
        assertThat(refusal(unproven())).isEqualTo("payment_already_used");
    }

    @Test
    void challenge_isGoodForItsRequestAlone() {
        String challenge = challenge(weather());
        GateRig.Request proof = proven(challenge);
        for (GateRig.Request other : List.of(proof.method("POST"), proven(challenge + "x"), proven("c1.1.a.v1.b"))) {
            assertThat(refusal(other)).isEqualTo(TransferReasons.CHALLENGE);
        }
        String changed = challenge.replaceFirst("\\.[0-9]+\\.", ".%d.".formatted(rig.now.getEpochSecond() - 1));
        assertThat(refusal(proven(changed))).isEqualTo(TransferReasons.CHALLENGE);
        assertThat(shown).isEmpty();
        rig.grant(proof);
    }

    @Test
    void challenge_isGoodForAnHour() {
        String challenge = challenge(weather());
        rig.now = rig.now.plusSeconds(3_599);
        rig.gate.settle(rig.grant(proven(challenge)), 500);
        rig.now = rig.now.plusSeconds(1);
        assertThat(refusal(proven(challenge))).isEqualTo(TransferReasons.CHALLENGE);
    }

    @Test
    void twoPayments_areRefused() {
        assertThat(status(proven().with("X-PAYMENT", "e30="))).isEqualTo(400);
        assertThat(status(proven().with("PAYMENT-SIGNATURE", "e30="))).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "eip191",
                "eip191 c1",
                "eip191 c1 0x",
                "eip191 c1 0xabc",
                "eip191 c1 11",
                "EIP191 c1 0x11",
                "eip191  c1 0x11",
                "eip191 c1 0x11 0x12",
                "eip191 c1 0x11 ",
                "eip712 c1 0x11\t"
            })
    void malformedProof_isRefused(String proof) {
        assertThat(status(unproven().with("X-PAYMENT-PROOF", proof))).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7a", " " + "0x7a", "0X7a", "0x7g"})
    void malformedHash_isRefused(String beginning) {
        String hash = (beginning + "7a".repeat(40)).substring(0, 66);
        boolean right = hash.matches("0x[0-9a-f]{64}");
        assertThat(status(unproven().with("X-PAYMENT-TX", right ? hash + "00" : hash)))
                .isEqualTo(400);
    }

    @Test
    void repeatedOrMissingHeaders_areRefused() {
        assertThat(status(unproven().with("X-PAYMENT-TX", TX, TX))).isEqualTo(400);
        assertThat(status(weather().with("X-PAYMENT-TX", TX))).isEqualTo(400);
        assertThat(status(unproven().with("X-PAYMENT-CHAIN", "base-sepolia", "base-sepolia")))
                .isEqualTo(400);
        assertThat(status(unproven().with("X-PAYMENT-CHAIN", "atlantis"))).isEqualTo(400);
        String proof = "eip191 c1 " + SIGNATURE;
        assertThat(status(unproven().with("X-PAYMENT-PROOF", proof, proof))).isEqualTo(400);
        assertThat(shown).isEmpty();
    }

    @Test
    void solana_hasTextsOfItsOwn() {
        GateRig.Request shown = weather()
                .with("X-PAYMENT-TX", SOLANA_TX)
                .with("X-PAYMENT-CHAIN", "solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1");
        String key = "4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU";
        assertThat(refusal(shown)).isEqualTo(TransferReasons.PROOF_REQUIRED);
        for (String proof : List.of("ed25519 c1 " + SOLANA_TX + " " + key, "memo c1"))
            assertThat(refusal(shown.with("X-PAYMENT-PROOF", proof))).isEqualTo(TransferReasons.CHALLENGE);
        for (String proof : List.of(
                "eip191 c1 " + SIGNATURE,
                "ed25519 c1 " + SOLANA_TX,
                "ed25519 c1 " + SOLANA_TX + " " + key + "1",
                "ed25519 c1 1" + SOLANA_TX + " " + key,
                "ed25519 c1 " + key + " " + key,
                "memo",
                "memo c1 " + key,
                "memo c1 "))
            assertThat(status(shown.with("X-PAYMENT-PROOF", proof))).as(proof).isEqualTo(400);
        for (String tx : List.of(TX, "1" + SOLANA_TX, SOLANA_TX + "1", SOLANA_TX.replace('x', '0'), key, ""))
            assertThat(status(shown.with("X-PAYMENT-TX", tx))).as(tx).isEqualTo(400);
        assertThat(status(unproven().with("X-PAYMENT-TX", SOLANA_TX))).isEqualTo(400);
        assertThat(status(unproven().with("X-PAYMENT-PROOF", "memo c1"))).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eip155:1", "eip155:8453"})
    void otherNetwork_isRefused(String network) {
        assertThat(refusal(proven().with("X-PAYMENT-CHAIN", network))).isEqualTo("no_matching_requirements");
        assertThat(shown).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({TransferReasons.PENDING + ",true", TransferReasons.NOT_FOUND + ",false"})
    void refused_saysWhyAndKeepsNothing(String reason, boolean later) {
        taken = new Transfers.Taken.Refused(reason);
        Admission.Refused refused = (Admission.Refused) rig.admit(proven());
        assertThat(refused.response().status()).isEqualTo(402);
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.response().headers().stream()
                        .anyMatch(header -> header.name().equals("Retry-After")))
                .isEqualTo(later);
        assertThat(rig.book.all()).isEmpty();
    }

    @Test
    void unreadableChain_is503WithoutAChallenge() {
        taken = new Transfers.Taken.Unavailable(TransferReasons.CHAIN_DOWN, Duration.ofSeconds(5));
        Admission.Unavailable answer = (Admission.Unavailable) rig.admit(proven());
        assertThat(answer.response().status()).isEqualTo(503);
        assertThat(answer.response().headers())
                .extracting(Header::name)
                .contains("Retry-After")
                .doesNotContain("PAYMENT-REQUIRED");
    }

    @Test
    void twoPayersWithOneChallenge_areTwoPayments() {
        GateRig.Request request = proven();
        rig.gate.settle(rig.grant(request), 200);
        taken = new Transfers.Taken.Credited("0x" + "cd".repeat(20));
        rig.gate.settle(rig.grant(request), 200);
        assertThat(rig.first.ledger().charges()).isEqualTo(2);
    }

    @Test
    void preflight_letsPagesShowTransfers() {
        Decision.Answer answer = (Decision.Answer) rig.gate.decide(weather()
                .method("OPTIONS")
                .with("Origin", "https://app.example.com")
                .with("Access-Control-Request-Method", "GET"));
        assertThat(answer.response().headers())
                .filteredOn(header -> header.name().equals("Access-Control-Allow-Headers"))
                .singleElement()
                .satisfies(header -> assertThat(header.value()).contains("X-PAYMENT-TX", "X-PAYMENT-PROOF"));
    }
}
