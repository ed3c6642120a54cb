package io.farebox.settlement.http;

import static io.farebox.testkit.facilitator.SamplePayments.BASE_SEPOLIA;
import static io.farebox.testkit.facilitator.SamplePayments.SOLANA_DEVNET;
import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.x402.Network;
import io.farebox.x402.SupportedResponse;
import io.farebox.x402.SupportedResponse.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** SECURITY T063: what is believed of {@code /supported}, and for how long. */
class SupportedKindsTest {
    private static final SupportedResponse NOTHING = new SupportedResponse(List.of(), Map.of());

    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private final SupportedKinds kinds = new SupportedKinds(() -> now);

    @Test
    void now_beforeAnyAnswer_isUnknown() {
        assertThat(kinds.now()).isEmpty();
    }

    @Test
    void now_withinAnHour_isTheLastAnswer() {
        kinds.take(answer("a"));
        now = now.plus(Duration.ofMinutes(60));
        assertThat(kinds.now()).isPresent();
        now = now.plusSeconds(1);
        assertThat(kinds.now()).isEmpty();
    }

    @Test
    void take_oneAnswerThatTakesAway_isDoubted() {
        kinds.take(answer("a"));
        assertThat(kinds.take(NOTHING)).isFalse();
        assertThat(takesBase()).isTrue();
        assertThat(kinds.take(answer("a"))).isTrue();
        assertThat(kinds.take(NOTHING))
                .as("the good answer between ended the doubt")
                .isFalse();
        assertThat(takesBase()).isTrue();
    }

    @Test
    void take_twoAnswersThatTakeAway_areBelieved() {
        kinds.take(answer("a"));
        kinds.take(NOTHING);
        assertThat(kinds.take(NOTHING)).isTrue();
        assertThat(takesBase()).isFalse();
    }

    @Test
    void take_answerThatAdds_isBelievedAtOnce() {
        kinds.take(NOTHING);
        assertThat(kinds.take(answer("a"))).isTrue();
        assertThat(takesBase()).isTrue();
    }

    @Test
    void feePayers_afterASwap_includeTheOneBefore() {
        kinds.take(answer("a"));
        kinds.take(answer("b"));
        assertThat(kinds.feePayers(SOLANA_DEVNET)).containsExactlyInAnyOrder("a", "b", "signer");
        kinds.take(answer("c"));
        assertThat(kinds.feePayers(SOLANA_DEVNET)).containsExactlyInAnyOrder("b", "c", "signer");
    }

    @Test
    void version_takenOnlyInTheOther_isTranslated() {
        Kinds onlyV1 = Kinds.of(new SupportedResponse(List.of(new Kind(1, "exact", BASE_SEPOLIA, Map.of())), Map.of()));
        assertThat(onlyV1.version(2, "exact", BASE_SEPOLIA)).isEqualTo(1);
        assertThat(onlyV1.version(1, "exact", BASE_SEPOLIA)).isEqualTo(1);
        assertThat(onlyV1.version(2, "exact", new Network("eip155:1"))).isNull();
        assertThat(onlyV1.version(2, "upto", BASE_SEPOLIA)).isNull();
    }

    private boolean takesBase() {
        return kinds.now().orElseThrow().has("exact", BASE_SEPOLIA);
    }

    private static SupportedResponse answer(String feePayer) {
        return new SupportedResponse(
                List.of(
                        new Kind(2, "exact", BASE_SEPOLIA, Map.of()),
                        new Kind(2, "exact", SOLANA_DEVNET, Map.of("feePayer", feePayer))),
                Map.of("solana:*", List.of("signer"), "eip155:*", List.of("0x1")));
    }
}
