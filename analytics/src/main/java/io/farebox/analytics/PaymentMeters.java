package io.farebox.analytics;

import static io.farebox.analytics.PaymentMeter.FACILITATOR_FAILURES;
import static io.farebox.analytics.PaymentMeter.PAYMENTS;
import static io.farebox.analytics.PaymentMeter.REFUSALS;
import static io.farebox.analytics.PaymentMeter.RELOADS;
import static io.farebox.analytics.PaymentMeter.REQUESTS;
import static io.farebox.analytics.PaymentMeter.REVENUE;
import static io.farebox.analytics.PaymentMeter.SETTLE;
import static io.farebox.analytics.PaymentMeter.UNAVAILABLE;
import static io.farebox.analytics.PaymentMeter.VERIFY;

import io.farebox.gate.GateEvent;
import io.farebox.gate.GateListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Counts what the gate does, see {@link PaymentMeter}. Thread-safe; never blocks. */
public final class PaymentMeters implements GateListener {
    private static final String NONE = "none";

    private final Series series;

    public PaymentMeters(MeterRegistry registry) {
        this.series = new Series(registry);
        // What alerts look at must be there before it happens: a series that begins with 1 has not increased.
        series.counter(RELOADS, "taken");
        series.counter(RELOADS, "refused");
        series.counter(REQUESTS, NONE, "unpriced");
    }

    @Override
    public void on(GateEvent event) {
        switch (event) {
            case GateEvent.Passed passed ->
                series.count(
                        REQUESTS, route(passed.routeId()), passed.why().name().toLowerCase(Locale.ROOT));
            case GateEvent.Challenged challenged -> series.count(REQUESTS, challenged.routeId(), "challenged");
            case GateEvent.Attempted attempted -> series.count(REQUESTS, attempted.routeId(), "attempted");
            case GateEvent.Rejected rejected -> {
                series.count(REQUESTS, route(rejected.routeId()), "rejected");
                refused(rejected.routeId(), rejected.status(), rejected.reason());
            }
            case GateEvent.Refused refused -> refused(refused.routeId(), refused.status(), refused.reason());
            case GateEvent.Unavailable down -> series.count(UNAVAILABLE, down.routeId(), down.reason());
            case GateEvent.Verified verified ->
                series.timer(VERIFY, verified.facilitator(), verified.valid() ? "valid" : "invalid")
                        .record(verified.took());
            case GateEvent.FacilitatorFailed failed ->
                series.count(FACILITATOR_FAILURES, failed.facilitator(), failed.reason());
            case GateEvent.Settled settled -> settled(settled);
            case GateEvent.Claimed step -> series.count(PAYMENTS, step.routeId(), "claimed");
            case GateEvent.Released step -> series.count(PAYMENTS, step.routeId(), "released");
            case GateEvent.Settling step -> series.count(PAYMENTS, step.routeId(), "settling");
            case GateEvent.SettleFailed step -> series.count(PAYMENTS, step.routeId(), "failed");
            case GateEvent.Reversed step -> series.count(PAYMENTS, step.routeId(), "reversed");
            case GateEvent.SettleUnknown step -> series.count(PAYMENTS, step.routeId(), "unknown");
            case GateEvent.Delivered step -> series.count(PAYMENTS, step.routeId(), "delivered");
            case GateEvent.Owed step -> series.count(PAYMENTS, step.routeId(), "owed");
            case GateEvent.OwedRun step -> series.count(PAYMENTS, step.routeId(), "owed_run");
            case GateEvent.PricesReloaded reloaded -> series.count(RELOADS, "taken");
            case GateEvent.ReloadRefused refused -> series.count(RELOADS, "refused");
        }
    }

    private void refused(@Nullable String routeId, int status, String reason) {
        series.count(REFUSALS, route(routeId), Integer.toString(status), reason);
    }

    private void settled(GateEvent.Settled settled) {
        series.count(PAYMENTS, settled.routeId(), "settled");
        String network = settled.network().caip2();
        series.timer(SETTLE, settled.facilitator(), network).record(settled.took());
        series.counter(REVENUE, network, settled.asset())
                .increment(settled.amount().doubleValue());
    }

    private static String route(@Nullable String routeId) {
        return routeId == null ? NONE : routeId;
    }
}
