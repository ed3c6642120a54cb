package io.farebox.analytics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * The series of all meters, each looked up in Micrometer once. Beyond {@link #MOST} a new combination of values counts as
 * {@code other}: a price list of ten thousand routes must not cost its owner a monitoring system. Thread-safe, without locks once a
 * series is known.
 */
final class Series {
    static final int MOST = 1_000;
    static final String OTHER = "other";

    /** Few, since each is a series: the alerts ask for 3 s. */
    private static final Duration[] BUCKETS = Stream.of(50, 100, 250, 500, 1_000, 3_000, 10_000, 30_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Map<Key, Meter> known = new ConcurrentHashMap<>();

    Series(MeterRegistry registry) {
        this.registry = registry;
    }

    private record Key(PaymentMeter meter, List<String> values) {}

    void count(PaymentMeter meter, String... values) {
        counter(meter, values).increment();
    }

    Counter counter(PaymentMeter meter, String... values) {
        return (Counter) of(
                meter,
                values,
                (which, tags) -> Counter.builder(which.id())
                        .description(which.description())
                        .tags(tags)
                        .register(registry));
    }

    Timer timer(PaymentMeter meter, String... values) {
        return (Timer) of(
                meter,
                values,
                (which, tags) -> Timer.builder(which.id())
                        .description(which.description())
                        .tags(tags)
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry));
    }

    private Meter of(PaymentMeter meter, String[] values, BiFunction<PaymentMeter, Tags, Meter> register) {
        Key key = new Key(meter, List.of(values));
        Meter there = known.get(key);
        if (there != null) return there;
        Key bounded = known.size() < MOST - PaymentMeter.values().length ? key : new Key(meter, others(values.length));
        return known.computeIfAbsent(bounded, which -> register.apply(meter, tags(which)));
    }

    private static List<String> others(int count) {
        String[] others = new String[count];
        Arrays.fill(others, OTHER);
        return List.of(others);
    }

    private static Tags tags(Key key) {
        Tags tags = Tags.empty();
        for (int i = 0; i < key.values().size(); i++)
            tags = tags.and(Tag.of(key.meter().tags().get(i), key.values().get(i)));
        return tags;
    }
}
