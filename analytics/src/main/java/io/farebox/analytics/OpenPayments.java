package io.farebox.analytics;

import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.Shelf;
import io.farebox.gate.Tally;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Gauges of what is open in the book, by state: how many payments are unknown, owed, to be refunded, reversed. The book is read when a
 * gauge is, every {@link #FRESH} at most; while it is away the gauges have no value. What replicas share, each of them shows.
 */
public final class OpenPayments implements MeterBinder {
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Supplier<List<Tally>> tallies;
    private final ReentrantLock lock = new ReentrantLock();
    private Map<Shelf, Long> counts = Map.of();
    private boolean known;
    private long readAt = System.nanoTime() - FRESH.toNanos();

    /** @param tallies may throw {@link BookUnavailableException} */
    public OpenPayments(Supplier<List<Tally>> tallies) {
        this.tallies = tallies;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Arrays.stream(Shelf.values())
                .filter(Shelf::isOpen)
                .forEach(shelf -> Gauge.builder(PaymentMeter.OPEN.id(), this, open -> open.count(shelf))
                        .description(PaymentMeter.OPEN.description())
                        .tag(PaymentMeter.OPEN.tags().getFirst(), shelf.name().toLowerCase(Locale.ROOT))
                        .strongReference(true)
                        .register(registry));
    }

    private double count(Shelf shelf) {
        lock.lock();
        try {
            if (System.nanoTime() - readAt >= FRESH.toNanos()) read();
            return known ? counts.getOrDefault(shelf, 0L) : Double.NaN;
        } finally {
            lock.unlock();
        }
    }

    private void read() {
        readAt = System.nanoTime();
        known = false;
        try {
            Map<Shelf, Long> now = new EnumMap<>(Shelf.class);
            for (Tally tally : tallies.get()) now.merge(tally.shelf(), tally.count(), Long::sum);
            counts = now;
            known = true;
        } catch (BookUnavailableException e) {
            // The next reading tries again; health says that the book is away.
        }
    }
}
