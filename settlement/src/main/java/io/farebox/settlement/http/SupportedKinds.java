package io.farebox.settlement.http;

import io.farebox.x402.Network;
import io.farebox.x402.SupportedResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The last good answer of a facilitator's {@code /supported}. It is believed for an hour. An answer that takes something
 * away counts only when the next one says the same: one bad answer must not stop the selling. Thread-safe.
 */
final class SupportedKinds {
    static final Duration BELIEVED_FOR = Duration.ofHours(1);

    private final InstantSource clock;
    private volatile @Nullable Held held;
    private @Nullable Kinds doubted;

    private record Held(Kinds kinds, @Nullable Kinds before, Instant since) {}

    SupportedKinds(InstantSource clock) {
        this.clock = clock;
    }

    /** What is known now; empty if nothing is. */
    Optional<Kinds> now() {
        Held current = held;
        if (current == null || current.since().plus(BELIEVED_FOR).isBefore(clock.instant())) return Optional.empty();
        return Optional.of(current.kinds());
    }

    /** Takes an answer. @return false if it takes something away that was there, so that it should be asked for again soon */
    synchronized boolean take(SupportedResponse answer) {
        Kinds next = Kinds.of(answer);
        Kinds current = now().orElse(null);
        boolean takesAway = current != null && !next.combinations().containsAll(current.combinations());
        boolean confirmed = doubted != null && doubted.combinations().equals(next.combinations());
        if (takesAway && !confirmed) {
            doubted = next;
            return false;
        }
        doubted = null;
        held = new Held(next, current, clock.instant());
        return true;
    }

    /** All fee payers that a payment may name, those of the answer before included: clients may still hold its terms. */
    Set<String> feePayers(Network network) {
        Held current = held;
        if (current == null) return Set.of();
        Set<String> all = new HashSet<>(current.kinds().feePayers(network));
        if (current.before() != null) all.addAll(current.before().feePayers(network));
        return all;
    }
}
