package io.farebox.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.Claim;
import io.farebox.gate.ClaimResult;
import io.farebox.testkit.book.InMemoryBook;
import io.farebox.testkit.book.SampleClaim;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NoticesTest {
    private final InMemoryBook book = new InMemoryBook();

    private void unknownAt(String facilitator, String key) {
        Claim claim = ((ClaimResult.Claimed)
                        book.claim(SampleClaim.of(key).request(key).toRequest()))
                .claim();
        book.settling(claim, facilitator, SampleClaim.at(40), SampleClaim.at(1));
        book.unknown(claim, "timeout", SampleClaim.at(50), SampleClaim.at(2));
    }

    @Test
    void facilitatorRemovedTooEarly_isNamed_withWhatWaitsForIt() {
        unknownAt("removed", "first");
        unknownAt("removed", "second");
        unknownAt("payai", "third");

        assertThat(Notices.gone(Set.of("payai", "cdp"), book.desk())).isEqualTo(Map.of("removed", 2));
        assertThat(Notices.gone(Set.of("payai", "removed"), book.desk())).isEmpty();
    }
}
