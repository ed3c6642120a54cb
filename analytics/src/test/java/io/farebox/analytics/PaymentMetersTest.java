package io.farebox.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.GateEvent;
import io.farebox.x402.Network;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class PaymentMetersTest {
    private static final Network BASE = new Network("eip155:8453");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PaymentMeters meters = new PaymentMeters(registry);

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    @Test
    void requests_areCountedByWhatWasDecided() {
        meters.on(new GateEvent.Passed(null, GateEvent.Passed.Why.UNPRICED));
        meters.on(new GateEvent.Challenged("risk"));
        meters.on(new GateEvent.Challenged("risk"));
        meters.on(new GateEvent.Attempted("risk", 2));
        meters.on(new GateEvent.Rejected(null, 400, "ambiguous_target"));

        assertThat(count("farebox.requests", "route", "none", "outcome", "unpriced"))
                .isOne();
        assertThat(count("farebox.requests", "route", "risk", "outcome", "challenged"))
                .isEqualTo(2);
        assertThat(count("farebox.requests", "route", "risk", "outcome", "attempted"))
                .isOne();
        assertThat(count("farebox.refusals", "route", "none", "status", "400", "reason", "ambiguous_target"))
                .isOne();
    }

    @Test
    void settlement_isTimedAndCountedAsRevenue() {
        for (int i = 0; i < 2; i++)
            meters.on(new GateEvent.Settled(
                    "risk", "id-" + i, "payai", BASE, "0xusdc", BigInteger.valueOf(10_000), Duration.ofMillis(300)));

        assertThat(count("farebox.payments", "step", "settled")).isEqualTo(2);
        assertThat(count("farebox.revenue", "network", "eip155:8453", "asset", "0xusdc"))
                .isEqualTo(20_000);
        assertThat(registry.get("farebox.settle")
                        .tag("facilitator", "payai")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(600);
    }

    @Test
    void everyEvent_isCountedSomewhere() {
        List<GateEvent> events = List.of(
                new GateEvent.Refused("risk", 1, 402, "insufficient_funds"),
                new GateEvent.Unavailable("risk", "book_unavailable"),
                new GateEvent.Claimed("risk", "id"),
                new GateEvent.OwedRun("risk", "id"),
                new GateEvent.Verified("risk", "payai", true, Duration.ofMillis(5)),
                new GateEvent.FacilitatorFailed("risk", "payai", "timeout"),
                new GateEvent.Released("risk", "id", "abandoned"),
                new GateEvent.Settling("risk", "id", "payai"),
                new GateEvent.SettleFailed("risk", "id", "payai", "insufficient_funds"),
                new GateEvent.SettleUnknown("risk", "id", "payai", "timeout"),
                new GateEvent.Delivered("risk", "id"),
                new GateEvent.Owed("risk", "id", "client_gone"),
                new GateEvent.ReloadRefused(List.of("broken")));
        for (GateEvent event : events) {
            SimpleMeterRegistry own = new SimpleMeterRegistry();
            new PaymentMeters(own).on(event);
            double counted = own.getMeters().stream()
                    .flatMap(meter -> StreamSupport.stream(meter.measure().spliterator(), false))
                    .mapToDouble(Measurement::getValue)
                    .sum();
            assertThat(counted).as(event.toString()).isPositive();
        }
    }

    @Test
    void seriesAreBounded_andNothingIsLost() {
        for (int i = 0; i < 5_000; i++) meters.on(new GateEvent.Challenged("route-" + i));

        assertThat(registry.getMeters()).hasSizeLessThanOrEqualTo(Series.MOST);
        double sum = registry.get("farebox.requests").counters().stream()
                .mapToDouble(io.micrometer.core.instrument.Counter::count)
                .sum();
        assertThat(sum).isEqualTo(5_000);
        assertThat(count("farebox.requests", "route", "other", "outcome", "other"))
                .isPositive();
    }

    @Test
    void noPaymentOrPayer_isEverATag() {
        for (PaymentMeter meter : PaymentMeter.values())
            assertThat(meter.tags()).doesNotContain("payer", "payment", "transaction", "path", "reason_text");
    }
}
