package io.farebox.analytics;

import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.Shelf;
import io.farebox.gate.Tally;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Gauges of what is open in the book, by state: how many payments are unknown, owed, to be refunded, reversed, and how old the oldest
 * is; and whether the book can be read. The book is read when a gauge is, every {@link #FRESH} at most; while it is away the others
 * have no value. What replicas share, each of them shows.
 */
public final class OpenPayments implements MeterBinder {
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Supplier<List<Tally>> tallies;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private Map<Shelf, Long> counts = Map.of();
    private Map<Shelf, Instant> oldest = Map.of();
    private boolean known;
    private long readAt = System.nanoTime() - FRESH.toNanos();

    /** @param tallies may throw {@link BookUnavailableException} */
    public OpenPayments(Supplier<List<Tally>> tallies) {
        this(tallies, InstantSource.system());
    }

    OpenPayments(Supplier<List<Tally>> tallies, InstantSource clock) {
        this.tallies = tallies;
        this.clock = clock;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Arrays.stream(Shelf.values()).filter(Shelf::isOpen).forEach(shelf -> {
            gauge(PaymentMeter.OPEN, () -> count(shelf), shelf).register(registry);
            gauge(PaymentMeter.OLDEST, () -> age(shelf), shelf)
                    .baseUnit(TimeUnit.SECONDS.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        });
        Gauge.builder(PaymentMeter.BOOK_UP.id(), () -> read(() -> known ? 1 : 0))
                .description(PaymentMeter.BOOK_UP.description())
                .register(registry);
    }

    private static Gauge.Builder<Supplier<Number>> gauge(PaymentMeter meter, Supplier<Number> value, Shelf shelf) {
        return Gauge.builder(meter.id(), value)
                .description(meter.description())
                .tag(meter.tags().getFirst(), shelf.name().toLowerCase(Locale.ROOT));
    }

    private double count(Shelf shelf) {
        return read(() -> known ? counts.getOrDefault(shelf, 0L) : Double.NaN);
    }

    private double age(Shelf shelf) {
        return read(() -> {
            Instant since = oldest.get(shelf);
            if (!known) return Double.NaN;
            return since == null
                    ? 0
                    : Math.max(0, Duration.between(since, clock.instant()).toSeconds());
        });
    }

    /** A value of what was read not long ago. */
    private double read(DoubleSupplier value) {
        lock.lock();
        try {
            if (System.nanoTime() - readAt >= FRESH.toNanos()) read();
            return value.getAsDouble();
        } finally {
            lock.unlock();
        }
    }

    private void read() {
        readAt = System.nanoTime();
        known = false;
        try {
            Map<Shelf, Long> now = new EnumMap<>(Shelf.class);
            Map<Shelf, Instant> since = new EnumMap<>(Shelf.class);
            for (Tally tally : tallies.get()) {
                now.merge(tally.shelf(), tally.count(), Long::sum);
                since.merge(tally.shelf(), tally.oldest(), (one, other) -> one.isBefore(other) ? one : other);
            }
            counts = now;
            oldest = since;
            known = true;
        } catch (BookUnavailableException e) {
            // The next reading tries again; health says that the book is away.
        }
    }
}
