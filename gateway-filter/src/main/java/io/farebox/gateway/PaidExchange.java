package io.farebox.gateway;

import io.farebox.gate.Admission;
import io.farebox.gate.Decision;
import io.farebox.gate.Grant;
import io.farebox.gate.PaymentGate;
import io.farebox.gate.Settlement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One attempt, from admission to the end of its answer. It lets nothing of the answer go before the gate has settled, and in the
 * end tells the gate, once, how the answer ended: whoever calls last, the client that leaves, the resource that fails or the
 * settlement that comes back to an empty room. Thread-safe; nothing here waits.
 */
final class PaidExchange {
    /** How far the request is. */
    private enum Phase {
        /** The gate is being asked. */
        ADMITTING,
        /** Let in, not settled; nothing of the answer has left. */
        HOLDING,
        /** The gate is settling. */
        SETTLING,
        /** The answer goes. */
        PASSING,
        /** Over, or the gate's answer goes instead. */
        ENDED
    }

    private final PaymentGate gate;
    private final Crossing crossing;
    private final Executor home;

    private Phase phase = Phase.ADMITTING;
    private @Nullable Grant grant;
    private @Nullable CompletableFuture<Settlement> settlement;
    /** Why it is over although the gate has not answered yet; null while somebody waits. */
    private @Nullable String abandoned;

    private boolean sent;
    private @Nullable String broken;

    PaidExchange(PaymentGate gate, Crossing crossing, Executor home) {
        this.gate = gate;
        this.crossing = crossing;
        this.home = home;
    }

    /** Asks the gate; where it may wait. */
    Admission admit(Decision.Attempt attempt, @Nullable String digest) {
        Admission admission = gate.admit(attempt, digest);
        if (admission instanceof Admission.Granted granted) {
            String reason = granted(granted.grant());
            if (reason != null) gate.release(granted.grant(), reason);
        }
        return admission;
    }

    /** @return why nobody wants the grant any more, or null */
    private synchronized @Nullable String granted(Grant granted) {
        if (abandoned != null) return abandoned;
        grant = granted;
        phase = Phase.HOLDING;
        return null;
    }

    /** Settles once, however often it is called; completes if the answer may go, and fails with what is to be said instead. */
    Mono<Void> settle(int status, Runnable complete) {
        return Mono.defer(() -> Mono.fromFuture(settling(status).thenApplyAsync(known -> known, home), true)
                .flatMap(known -> pass(known, complete)));
    }

    private synchronized CompletableFuture<Settlement> settling(int status) {
        CompletableFuture<Settlement> running = settlement;
        if (running != null) return running;
        Grant granted = grant;
        if (granted == null || phase != Phase.HOLDING) {
            return CompletableFuture.failedFuture(new IllegalStateException("the exchange is over"));
        }
        phase = Phase.SETTLING;
        running = crossing.start(() -> settled(gate.settle(granted, status)));
        settlement = running;
        return running;
    }

    /** Takes note before anybody else hears of it, who might call for the end. */
    private synchronized Settlement settled(Settlement known) {
        // Only what was charged has an end that is not written yet.
        phase = known instanceof Settlement.Settled ? Phase.PASSING : Phase.ENDED;
        if (phase == Phase.PASSING && abandoned != null) tell(abandoned);
        return known;
    }

    private Mono<Void> pass(Settlement known, Runnable complete) {
        return switch (known) {
            case Settlement.Settled settled -> Mono.fromRunnable(complete);
            case Settlement.NotDue notDue -> Mono.fromRunnable(complete);
            case Settlement.Failed failed -> Mono.error(new NotSettledException(failed.response()));
            case Settlement.Unknown unknown -> Mono.error(new NotSettledException(unknown.response()));
        };
    }

    /** Whether something of the answer could leave that has not been settled. */
    synchronized boolean isHolding() {
        return phase == Phase.HOLDING || phase == Phase.SETTLING;
    }

    /** Whether the resource has said all that settlement waits for. */
    synchronized boolean isAnswered() {
        return phase != Phase.HOLDING;
    }

    /** The first part of the body is on the wire; if there is no body, the head. */
    synchronized void sent() {
        sent = true;
    }

    /** The resource broke its answer off. */
    synchronized void brokenOff() {
        if (broken == null) broken = "upstream_broke_off";
    }

    /** The answer ended as it should. */
    synchronized void completed() {
        if (phase == Phase.PASSING) tell(broken);
        else abandon("not_sent");
    }

    /** The resource failed, or writing its answer did. */
    synchronized void failed() {
        if (phase == Phase.PASSING) tell(broken != null || !sent ? reason("not_sent") : null);
        else abandon("resource_error");
    }

    /** The client left. */
    synchronized void cancelled() {
        if (phase == Phase.PASSING) tell(sent && broken == null ? null : reason("client_gone"));
        else abandon("client_gone");
    }

    private String reason(String otherwise) {
        return broken == null ? otherwise : broken;
    }

    private void abandon(String reason) {
        if (abandoned == null) abandoned = reason;
        Grant granted = grant;
        if (phase != Phase.HOLDING || granted == null) return;
        phase = Phase.ENDED;
        crossing.run(() -> gate.release(granted, reason));
    }

    /** @param reason why the answer did not arrive, or null if it did */
    private void tell(@Nullable String reason) {
        Grant granted = grant;
        if (granted == null) return;
        phase = Phase.ENDED;
        crossing.run(() -> {
            if (reason == null) gate.delivered(granted);
            else gate.brokenOff(granted, reason);
        });
    }
}
