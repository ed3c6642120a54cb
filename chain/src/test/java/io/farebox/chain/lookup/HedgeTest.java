package io.farebox.chain.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HedgeTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(20);

    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicBoolean interrupted = new AtomicBoolean();

    private final Hedge.Try<String> slow = this::hang;

    private String hang() {
        try {
            never.await();
        } catch (InterruptedException e) {
            interrupted.set(true);
        }
        return "late";
    }

    private static Hedge<String> hedge() {
        return new Hedge<>(answer -> answer.startsWith("yes"), "broken");
    }

    @Test
    void first_isEnough_nobodyElseIsAsked() {
        List<String> answers = hedge().first(List.of(() -> "yes 1", this::fail), LONG);
        assertThat(answers).containsExactly("yes 1");
    }

    private String fail() {
        throw new AssertionError("is not asked");
    }

    @Test
    void first_hasNone_theNextIsAskedAtOnce() {
        assertThat(hedge().first(List.of(() -> "no", () -> "yes 2", this::fail), LONG))
                .containsExactly("no", "yes 2");
        assertThat(hedge().first(List.of(() -> "no", () -> "no"), LONG)).containsExactly("no", "no");
    }

    @Test
    void first_isLate_theNextIsAskedBesideIt() {
        assertThat(hedge().first(List.of(slow, () -> "yes 2"), SHORT)).containsExactly("yes 2");
        long end = System.nanoTime() + LONG.toNanos();
        while (!interrupted.get() && System.nanoTime() - end < 0) Thread.onSpinWait();
        assertThat(interrupted).isTrue();
    }

    @Test
    void late_isStillWaitedFor() {
        CountDownLatch asked = new CountDownLatch(1);
        Hedge.Try<String> untilTheOther = () -> {
            await(asked);
            return "yes 1";
        };
        Hedge.Try<String> other = () -> {
            asked.countDown();
            return "no";
        };
        assertThat(hedge().first(List.of(untilTheOther, other), SHORT)).contains("yes 1");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void interrupted_endsWithWhatThereIs() {
        Thread.currentThread().interrupt();
        assertThat(hedge().first(List.of(slow, slow), LONG)).isEmpty();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void usualTime_followsTheLatest() {
        UsualTime usual = new UsualTime(Duration.ofMillis(100), Duration.ofSeconds(1));
        assertThat(usual.patience()).isEqualTo(Duration.ofMillis(100));
        for (int i = 0; i < 100; i++) usual.took(200_000_000);
        assertThat(usual.patience()).isBetween(Duration.ofMillis(550), Duration.ofMillis(600));
        for (int i = 0; i < 100; i++) usual.took(9_000_000_000L);
        assertThat(usual.patience()).isEqualTo(Duration.ofSeconds(1));
        for (int i = 0; i < 100; i++) usual.took(1_000_000);
        assertThat(usual.patience()).isEqualTo(Duration.ofMillis(100));
    }
}
