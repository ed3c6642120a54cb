package io.farebox.testkit.book;

import static io.farebox.testkit.book.SampleClaim.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.PriceVersion;
import io.farebox.gate.PriceVersions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link PriceVersions} must do. A test extends this and opens an empty one. */
public abstract class PriceVersionsContract {
    private static final Duration MINUTE = Duration.ofSeconds(60);

    private PriceVersions versions;

    /** One that holds nothing. */
    protected abstract PriceVersions open();

    @BeforeEach
    void fill() {
        versions = open();
    }

    @Test
    void published_isPayableUntilItsTimeIsOver() {
        PriceVersion version = version(1, "a", 10);
        versions.publish(version, "prices");

        assertThat(versions.payable(at(0))).containsExactly(version);
        assertThat(versions.payable(at(69))).containsExactly(version);
        assertThat(versions.payable(at(70))).isEmpty();
        assertThat(versions.prices(version.digest())).contains("prices");
        assertThat(versions.prices("another")).isEmpty();
    }

    @Test
    void payable_isInTheOrderOfNames_theLatestFirst() {
        for (int second : List.of(2, 3, 1)) versions.publish(version(second, "a", 10), "prices");

        assertThat(versions.payable(at(0)))
                .containsExactly(version(3, "a", 10), version(2, "a", 10), version(1, "a", 10));
    }

    @Test
    void offered_movesTheEndOnAndBack() {
        PriceVersion version = version(1, "a", 10);
        versions.publish(version, "prices");

        assertThat(versions.offered(version.id(), "a", at(20))).isTrue();
        assertThat(versions.payable(at(79))).containsExactly(version(1, "a", 20));
        assertThat(versions.offered(version.id(), "a", at(5))).isTrue();
        assertThat(versions.payable(at(65))).isEmpty();
        assertThat(versions.offered(version.id(), "b", at(20))).isFalse();
        assertThat(versions.offered("another", "a", at(20))).isFalse();
    }

    @Test
    void oneName_ofTwoOwners_isTwoVersions() {
        versions.publish(version(1, "a", 10), "prices");
        versions.publish(version(1, "b", 30), "prices");
        versions.offered(version(1, "a", 10).id(), "a", at(0));

        assertThat(versions.payable(at(0))).containsExactly(version(1, "a", 0), version(1, "b", 30));
        assertThat(versions.payable(at(61))).containsExactly(version(1, "b", 30));
    }

    @Test
    void published_again_isWhatItWasPublishedAsLast() {
        versions.publish(version(1, "a", 10), "prices");
        versions.publish(version(1, "a", 20), "prices");

        assertThat(versions.payable(at(0))).containsExactly(version(1, "a", 20));
    }

    @Test
    void forgotten_isGone() {
        versions.publish(version(1, "a", 10), "old");
        versions.publish(version(2, "a", 11), "new");

        assertThat(versions.forget(at(69))).isZero();
        assertThat(versions.forget(at(70))).isOne();
        assertThat(versions.payable(at(0))).containsExactly(version(2, "a", 11));
        assertThat(versions.prices(version(1, "a", 10).digest())).isEmpty();
        assertThat(versions.offered(version(1, "a", 10).id(), "a", at(90))).isFalse();
    }

    @Test
    void prices_mayBeLongAndInAnyScript() {
        String prices = "wetter 21 °C ☕ ".repeat(200_000);
        versions.publish(version(1, "a", 10), prices);

        assertThat(versions.prices(version(1, "a", 10).digest())).contains(prices);
    }

    @Test
    void manyAtOnce_areAllThere() throws Exception {
        AtomicInteger next = new AtomicInteger();
        BookContract.together(50, i -> () -> {
            versions.publish(version(next.incrementAndGet(), "owner-" + i, 10), "prices " + i);
            return i;
        });

        assertThat(versions.payable(at(0))).hasSize(50);
    }

    private static PriceVersion version(int published, String owner, int until) {
        String id = PriceVersion.id(at(published), "0123456789ab");
        return new PriceVersion(id, owner, "digest-" + published, at(until), MINUTE);
    }
}
