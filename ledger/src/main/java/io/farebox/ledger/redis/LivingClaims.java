package io.farebox.ledger.redis;

import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.Claim;
import io.farebox.ledger.Unwritten;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The claims that requests of this process hold in Redis and that the book has no row of yet: as many as there are payments in
 * flight, and never more than {@link #CAPACITY}. Thread-safe.
 */
final class LivingClaims {
    static final int CAPACITY = 10_000;

    private final ConcurrentHashMap<String, Unwritten> byPayment = new ConcurrentHashMap<>();

    @Nullable
    Unwritten of(String payment) {
        return byPayment.get(payment);
    }

    @Nullable
    Unwritten of(Claim claim) {
        Unwritten held = byPayment.get(claim.key());
        return held != null && held.claim().equals(claim) ? held : null;
    }

    /**
     * @return false if another request of this process holds the payment
     * @throws BookUnavailableException if there are too many
     */
    boolean add(Unwritten held, Instant now) {
        if (byPayment.mappingCount() >= CAPACITY) byPayment.values().removeIf(each -> each.lapsed(now));
        if (byPayment.mappingCount() >= CAPACITY)
            throw new BookUnavailableException("too many payments are under way; nothing was claimed", null);
        return byPayment.putIfAbsent(held.claim().key(), held) == null;
    }

    void renew(Claim claim, Instant until, Instant now) {
        byPayment.computeIfPresent(
                claim.key(), (key, held) -> held.claim().equals(claim) ? held.renewed(until, now) : held);
    }

    void remove(Claim claim) {
        byPayment.computeIfPresent(claim.key(), (key, held) -> held.claim().equals(claim) ? null : held);
    }

    Collection<Unwritten> all() {
        return List.copyOf(byPayment.values());
    }

    /** Those whose lease has ended, the longest lapsed first. */
    List<Unwritten> lapsed(Instant now, int limit) {
        return byPayment.values().stream()
                .filter(held -> held.lapsed(now))
                .sorted(Comparator.comparing(Unwritten::leaseUntil)
                        .thenComparing(held -> held.claim().key()))
                .limit(limit)
                .toList();
    }
}
