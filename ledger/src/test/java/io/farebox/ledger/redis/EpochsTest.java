package io.farebox.ledger.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Six shares on two servers, the even ones on one and the odd ones on the other. */
final class EpochsTest {
    private final AtomicReference<String> even = new AtomicReference<>("a");
    private final Epochs epochs = new Epochs(6, share -> share % 2 == 0 ? even.get() : "b");

    @Test
    void epochThatWasNotSeenBefore_isNoLoss() {
        epochs.see(0, "one");
        epochs.see(2, "another");
        epochs.see(0, "one");

        assertThat(epochs.isLost()).isFalse();
        assertThat(epochs.takeLost(0)).isEmpty();
    }

    @Test
    void otherEpoch_isALossOfAllSharesOfThatServer_once() {
        epochs.see(0, "one");
        epochs.see(1, "odd");
        epochs.see(2, "another");
        epochs.see(0, "new");

        assertThat(epochs.takeLost(1)).isEmpty();
        assertThat(epochs.takeLost(4)).containsExactlyInAnyOrder(0, 2, 4);
        assertThat(epochs.isLost()).isFalse();
        epochs.see(2, "newer");
        epochs.see(1, "odd");
        assertThat(epochs.isLost()).isFalse();
    }

    @Test
    void anotherServerForAShare_mayBeBehind() {
        epochs.see(0, "one");
        even.set("replica of a");
        epochs.see(0, "one");

        assertThat(epochs.takeLost(0)).containsExactlyInAnyOrder(0, 2, 4);
    }
}
