package io.farebox.app.log;

import io.farebox.gate.GateEvent;
import io.farebox.gate.GateListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs what an operator wants to see of the money: one line an event, its facts as fields. What strangers can cause as often as
 * they like is logged at debug level, or {@linkplain Seldom seldom}.
 */
final class GateLog implements GateListener {
    private static final Logger LOG = LoggerFactory.getLogger("io.farebox.payments");

    private final Seldom failures = new Seldom();
    private final Seldom outages = new Seldom();

    @Override
    public void on(GateEvent event) {
        switch (event) {
            case GateEvent.Settled settled -> settled(settled);
            case GateEvent.Owed owed ->
                at(Level.WARN, "payment_owed", owed.routeId())
                        .addKeyValue("farebox.payment", owed.paymentId())
                        .addKeyValue("farebox.reason", owed.reason())
                        .log("charged and not delivered: the payer may have another run");
            case GateEvent.OwedRun run ->
                at(Level.INFO, "owed_run", run.routeId())
                        .addKeyValue("farebox.payment", run.paymentId())
                        .log("a run that was owed is fetched");
            case GateEvent.SettleUnknown unknown ->
                at(Level.WARN, "settle_unknown", unknown.routeId())
                        .addKeyValue("farebox.payment", unknown.paymentId())
                        .addKeyValue("farebox.facilitator", unknown.facilitator())
                        .addKeyValue("farebox.reason", unknown.reason())
                        .log("nobody can tell yet whether this was charged; it is looked up");
            case GateEvent.Reversed reversed ->
                at(Level.WARN, "payment_reversed", reversed.routeId())
                        .addKeyValue("farebox.payment", reversed.paymentId())
                        .addKeyValue("farebox.network", reversed.network().caip2())
                        .log("was charged, and the chain took it back: it counts as revenue no more");
            case GateEvent.SettleFailed failed ->
                at(Level.INFO, "settle_failed", failed.routeId())
                        .addKeyValue("farebox.payment", failed.paymentId())
                        .addKeyValue("farebox.facilitator", failed.facilitator())
                        .addKeyValue("farebox.reason", failed.reason())
                        .log("not charged, not delivered");
            case GateEvent.FacilitatorFailed failed ->
                failures.log(skipped -> at(Level.WARN, "facilitator_failed", failed.routeId())
                        .addKeyValue("farebox.facilitator", failed.facilitator())
                        .addKeyValue("farebox.reason", failed.reason())
                        .addKeyValue("farebox.skipped", skipped)
                        .log("a facilitator gave no usable answer"));
            case GateEvent.Unavailable down ->
                outages.log(skipped -> at(Level.WARN, "payment_unavailable", down.routeId())
                        .addKeyValue("farebox.reason", down.reason())
                        .addKeyValue("farebox.skipped", skipped)
                        .log("a payment could not be taken"));
            default -> LOG.atDebug().log(event::toString);
        }
    }

    private static void settled(GateEvent.Settled settled) {
        at(Level.INFO, "payment_settled", settled.routeId())
                .addKeyValue("farebox.payment", settled.paymentId())
                .addKeyValue("farebox.facilitator", settled.facilitator())
                .addKeyValue("farebox.network", settled.network().toString())
                .addKeyValue("farebox.asset", settled.asset())
                .addKeyValue("farebox.amount", settled.amount().toString())
                .addKeyValue("farebox.took_ms", settled.took().toMillis())
                .log("charged");
    }

    private static LoggingEventBuilder at(Level level, String action, @Nullable String route) {
        return LOG.atLevel(level).addKeyValue("event.action", action).addKeyValue("farebox.route", route);
    }
}
