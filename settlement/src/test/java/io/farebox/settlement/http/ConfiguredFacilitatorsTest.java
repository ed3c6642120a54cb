package io.farebox.settlement.http;

import static io.farebox.testkit.facilitator.SamplePayments.BASE_SEPOLIA;
import static io.farebox.testkit.facilitator.SamplePayments.SOLANA_DEVNET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.farebox.gate.Facilitator;
import io.farebox.testkit.facilitator.Act;
import io.farebox.testkit.facilitator.Acts;
import io.farebox.testkit.facilitator.SamplePayments;
import io.farebox.testkit.facilitator.StubFacilitator;
import io.farebox.x402.FacilitatorRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** SECURITY T063 and the choice among several facilitators. */
class ConfiguredFacilitatorsTest {
    private static final String ONLY_V1 =
            "{\"kinds\":[{\"x402Version\":1,\"scheme\":\"exact\",\"network\":\"base-sepolia\"}]}";
    private static final String ONLY_SOLANA = """
            {"kinds":[{"x402Version":2,"scheme":"exact","network":"solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1",
            "extra":{"feePayer":"SecondPayer"}}],"signers":{"solana:*":["SecondPayer","ThirdPayer"]}}
            """;
    private static final String STUB_PAYER = "2wKupLR9q6wXYppw8Gr2NvWxKBUqm4PPJKkQfoxHDBg4";

    private final StubFacilitator first = StubFacilitator.start();
    private final StubFacilitator second = StubFacilitator.start();
    private final List<AutoCloseable> open = new ArrayList<>(List.of(first, second));
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) one.close();
    }

    @Test
    void candidates_nothingKnownYet_areAllInOrder() {
        assertThat(ids(configured(true, true), SamplePayments.evm(2, 1))).containsExactly("first", "second");
    }

    @Test
    void candidates_known_areThoseThatTakeTheNetwork() {
        second.supports(ONLY_SOLANA);
        ConfiguredFacilitators all = loaded(true, true);
        assertThat(ids(all, SamplePayments.evm(2, 1))).containsExactly("first");
        assertThat(ids(all, SamplePayments.solana(2, 1, "SecondPayer"))).containsExactly("second");
        assertThat(ids(all, SamplePayments.solana(2, 1, "ThirdPayer"))).containsExactly("second");
        assertThat(ids(all, SamplePayments.solana(2, 1, STUB_PAYER))).containsExactly("first");
        assertThat(ids(all, SamplePayments.solana(2, 1, "Stranger"))).isEmpty();
    }

    @Test
    void candidates_disabled_areLeftOutButFoundById() {
        ConfiguredFacilitators all = configured(false, true);
        assertThat(ids(all, SamplePayments.evm(2, 1))).containsExactly("second");
        assertThat(all.byId("first")).isPresent();
        assertThat(all.byId("gone")).isEmpty();
    }

    @Test
    void candidates_routeWithAnOrderOfItsOwn_followIt() {
        FacilitatorRequest request = SamplePayments.evm(2, 1);
        ConfiguredFacilitators all = configured(true, true);
        assertThat(all.candidates(request.payment(), request.requirements(), List.of("second", "gone", "first")))
                .extracting(Facilitator::id)
                .containsExactly("second", "first");
        assertThat(all.candidates(request.payment(), request.requirements(), List.of("second")))
                .extracting(Facilitator::id)
                .containsExactly("second");
    }

    @Test
    void candidates_down_goLast_untilItIsTimeToAskThemAgain() {
        ConfiguredFacilitators all = configured(true, true);
        first.alwaysVerify(Acts.badGateway());
        HttpFacilitator one = (HttpFacilitator) all.byId("first").orElseThrow();
        for (int i = 0; i < 10; i++) {
            assertThat(catchThrowable(() -> one.verify(SamplePayments.evm(2, 1))))
                    .isNotNull();
        }
        assertThat(ids(all, SamplePayments.evm(2, 1))).containsExactly("second", "first");
        one.load();
        assertThat(all.answering()).containsEntry("first", false);

        // The second answers, so that nobody would ever find out that the first does again.
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (one.isResting() && System.nanoTime() < end) Thread.onSpinWait();
        assertThat(ids(all, SamplePayments.evm(2, 1))).containsExactly("first", "second");
        assertThat(all.answering()).containsEntry("first", false);
        one.load();
        assertThat(all.answering()).containsEntry("first", true);
    }

    @Test
    void candidates_supportedFailsAtTheStart_areAllInOrder() {
        first.alwaysSupported(Acts.serverError());
        second.alwaysSupported(Acts.json("{\"kinds\":\"none\"}"));
        assertThat(ids(loaded(true, true), SamplePayments.evm(2, 1))).containsExactly("first", "second");
    }

    @Test
    void candidates_supportedFailsLater_followTheLastGoodAnswerForAnHour() {
        second.supports(ONLY_SOLANA);
        ConfiguredFacilitators all = loaded(true, true);
        second.alwaysSupported(Acts.serverError());
        now = now.plus(Duration.ofMinutes(59));
        assertThat(ids(all, SamplePayments.evm(2, 1))).containsExactly("first");
        now = now.plus(Duration.ofMinutes(2));
        assertThat(ids(all, SamplePayments.evm(2, 1))).containsExactly("first", "second");
    }

    @Test
    void settle_facilitatorOfVersion1Only_getsAVersion1Body() {
        first.supports(ONLY_V1);
        Facilitator one = loaded(true, true).byId("first").orElseThrow();
        assertThat(one.settle(SamplePayments.evm(2, 1)).network()).isEqualTo(BASE_SEPOLIA);
        assertThat(first.requests().getLast().body())
                .startsWith("{\"x402Version\":1,")
                .contains("maxAmountRequired");
    }

    @Test
    void feePayer_known_isTheFirstFacilitatorsOwn() {
        second.supports(ONLY_SOLANA);
        ConfiguredFacilitators all = loaded(true, true);
        assertThat(all.feePayer(SOLANA_DEVNET)).contains(STUB_PAYER);
        assertThat(all.feePayers(SOLANA_DEVNET)).isEqualTo(Set.of(STUB_PAYER, "SecondPayer", "ThirdPayer"));
        assertThat(loaded(false, true).feePayer(SOLANA_DEVNET)).contains("SecondPayer");
    }

    @Test
    void feePayer_unknown_isEmpty() {
        assertThat(configured(true, true).feePayer(SOLANA_DEVNET)).isEmpty();
    }

    @Test
    void feePayer_swapped_isTheNewOneWhileTheOldOneIsStillTaken() {
        ConfiguredFacilitators all = configured(false, true);
        HttpFacilitator one = (HttpFacilitator) all.byId("second").orElseThrow();
        one.load();
        second.supports(ONLY_SOLANA);
        one.load();
        one.load();
        assertThat(all.feePayer(SOLANA_DEVNET)).contains("SecondPayer");
        assertThat(ids(all, SamplePayments.solana(2, 1, STUB_PAYER))).containsExactly("second");
    }

    @Test
    void awaitFirstAnswers_oneHangs_endsByItsTime() {
        first.alwaysSupported(Acts.lost(Act.Loss.HANGS));
        ConfiguredFacilitators all = configured(true, true);
        all.start();
        assertThat(all.awaitFirstAnswers(Duration.ofMillis(300))).isFalse();
        assertThat(ids(all, SamplePayments.evm(2, 1))).containsExactly("first", "second");
    }

    /** Starts, and waits until every facilitator that is enabled was asked once. */
    private ConfiguredFacilitators loaded(boolean firstOn, boolean secondOn) {
        ConfiguredFacilitators all = configured(firstOn, secondOn);
        all.start();
        assertThat(all.awaitFirstAnswers(Duration.ofSeconds(10))).isTrue();
        return all;
    }

    private ConfiguredFacilitators configured(boolean firstOn, boolean secondOn) {
        ConfiguredFacilitators all = new ConfiguredFacilitators(
                List.of(
                        FacilitatorSettings.of("first", first.url()).withEnabled(firstOn),
                        FacilitatorSettings.of("second", second.url()).withEnabled(secondOn)),
                SamplePayments.V1_NAMES,
                () -> now,
                duration -> false);
        open.add(all);
        return all;
    }

    private static List<String> ids(ConfiguredFacilitators all, FacilitatorRequest request) {
        return all.candidates(request.payment(), request.requirements(), List.of()).stream()
                .map(Facilitator::id)
                .toList();
    }
}
