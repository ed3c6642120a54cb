package io.farebox.analytics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.function.Supplier;

/** A gauge for each facilitator: 1 while it answers. One that the configuration no longer names has no value. */
public final class FacilitatorsUp implements MeterBinder {
    private final Supplier<Map<String, Boolean>> answering;

    /** @param answering of each facilitator by its id, whether it answers; must not block */
    public FacilitatorsUp(Supplier<Map<String, Boolean>> answering) {
        this.answering = answering;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (String id : answering.get().keySet()) {
            Gauge.builder(PaymentMeter.FACILITATOR_UP.id(), () -> isUp(id))
                    .description(PaymentMeter.FACILITATOR_UP.description())
                    .tag(PaymentMeter.FACILITATOR_UP.tags().getFirst(), id)
                    .register(registry);
        }
    }

    private double isUp(String id) {
        Boolean answers = answering.get().get(id);
        if (answers == null) return Double.NaN;
        return answers ? 1 : 0;
    }
}
