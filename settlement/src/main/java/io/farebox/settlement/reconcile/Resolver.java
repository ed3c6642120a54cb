package io.farebox.settlement.reconcile;

import io.farebox.gate.Book;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.Facilitator;
import io.farebox.gate.FacilitatorUnavailableException;
import io.farebox.gate.Facilitators;
import io.farebox.gate.GateEvent;
import io.farebox.gate.GateListener;
import io.farebox.gate.OutcomeLookup;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PaymentState;
import io.farebox.gate.SettleVerdict;
import io.farebox.gate.SettledResult;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.SettleResponse;
import io.farebox.x402.StoredPayment;
import io.farebox.x402.json.JsonFormatException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings one row that was taken over one step further. Thread-safe; the row's claim must be held. */
final class Resolver {
    /** Reason of a row whose facilitator said a telling no while the payment could still be charged. */
    static final String DENIED = "denied_after_unknown";

    private static final String ABANDONED = "abandoned";

    private final ReconcilerSettings settings;
    private final Book book;
    private final Facilitators facilitators;
    private final OutcomeLookup lookup;
    private final GateListener events;
    private final InstantSource clock;

    Resolver(
            ReconcilerSettings settings,
            Book book,
            Facilitators facilitators,
            OutcomeLookup lookup,
            GateListener events,
            InstantSource clock) {
        this.settings = settings;
        this.book = book;
        this.facilitators = facilitators;
        this.lookup = lookup;
        this.events = events;
        this.clock = clock;
    }

    void resolve(PaymentRecord row) {
        switch (row.state()) {
            case CLAIMED -> giveBack(row);
            case SETTLED -> owe(row);
            case SETTLING, UNKNOWN -> clearUp(row);
            case RELEASED, FAILED, EXPIRED, REVERSED, REFUND_DUE, REFUNDED -> {}
        }
    }

    private void giveBack(PaymentRecord row) {
        if (book.released(row.claim(), ABANDONED, clock.instant())) {
            events.on(new GateEvent.Released(row.routeId(), id(row), ABANDONED));
        }
    }

    private void owe(PaymentRecord row) {
        if (book.owed(row.claim(), clock.instant())) {
            events.on(new GateEvent.Owed(row.routeId(), id(row), ABANDONED));
        }
    }

    private void clearUp(PaymentRecord row) {
        // Written before anything is asked, so that the row never claims a living request again.
        if (row.state() == PaymentState.SETTLING && !unknown(row, ABANDONED, row.leaseUntil())) return;
        FacilitatorRequest request = request(row);
        if (request == null) {
            later(row, "payload_unreadable");
            return;
        }
        switch (lookup.lookUp(request, row.createdAt())) {
            case OutcomeLookup.Outcome.Happened(var receipt) -> happened(row, receipt);
            case OutcomeLookup.Outcome.NeverHappened() -> expire(row);
            case OutcomeLookup.Outcome.NotKnown() -> ask(row, request);
        }
    }

    private void happened(PaymentRecord row, SettleResponse receipt) {
        Instant now = clock.instant();
        SettledResult result =
                book.settledOnChain(row.claim(), receipt, DeliveryState.OWED, now.plus(settings.owedTtl()), now);
        if (result == SettledResult.RECORDED) tellSettled(row);
    }

    private void ask(PaymentRecord row, FacilitatorRequest request) {
        Optional<Facilitator> facilitator = facilitator(row, request);
        if (facilitator.isEmpty()) {
            later(row, "no_facilitator");
            return;
        }
        try {
            judge(row, request, facilitator.get().settle(request));
        } catch (FacilitatorUnavailableException e) {
            events.on(new GateEvent.FacilitatorFailed(row.routeId(), e.facilitator(), e.reason()));
            later(row, e.reason());
        }
    }

    private void judge(PaymentRecord row, FacilitatorRequest request, SettleResponse answer) {
        switch (SettleVerdict.of(answer, request.requirements(), row.payer())) {
            case CHARGED -> charged(row, answer);
            case UNCLEAR -> doubt(row, answer.isPending() ? SettleResponse.PENDING : "answer_unclear");
            case NOT_CHARGED -> denied(row, answer);
        }
    }

    private void charged(PaymentRecord row, SettleResponse receipt) {
        Instant now = clock.instant();
        switch (book.settled(row.claim(), receipt, DeliveryState.OWED, now.plus(settings.owedTtl()), now)) {
            case RECORDED -> tellSettled(row);
            case DUPLICATE_TRANSACTION -> doubt(row, "duplicate_transaction");
            case LOST -> {}
        }
    }

    /** A no ends the payment only if one was said while it could still be charged, and another when it no longer can. */
    private void denied(PaymentRecord row, SettleResponse no) {
        Instant now = clock.instant();
        boolean over = !now.isBefore(windowEnd(row));
        if (over && DENIED.equals(row.reason())) expire(row);
        else if (now.isBefore(row.validBefore()) && Denials.tells(no)) doubt(row, DENIED);
        else later(row, over ? "window_over" : "denied");
    }

    private void expire(PaymentRecord row) {
        if (book.expired(row.claim(), clock.instant())) {
            events.on(new GateEvent.SettleFailed(row.routeId(), id(row), name(row), "payment_expired"));
        }
    }

    /** Asks again later; a no that was said in time stays remembered. */
    private void later(PaymentRecord row, String reason) {
        doubt(row, DENIED.equals(row.reason()) ? DENIED : reason);
    }

    private void doubt(PaymentRecord row, String reason) {
        boolean held = unknown(row, reason, BackOff.next(row, windowEnd(row), clock.instant()));
        boolean news = row.state() == PaymentState.SETTLING || !reason.equals(row.reason());
        if (held && news) events.on(new GateEvent.SettleUnknown(row.routeId(), id(row), name(row), reason));
    }

    private boolean unknown(PaymentRecord row, String reason, Instant until) {
        return book.unknown(row.claim(), reason, until, clock.instant());
    }

    private void tellSettled(PaymentRecord row) {
        Duration took = Duration.between(row.createdAt(), clock.instant());
        events.on(new GateEvent.Settled(
                row.routeId(), id(row), name(row), row.network(), row.asset(), row.amount(), took));
        events.on(new GateEvent.Owed(row.routeId(), id(row), "settled_late"));
    }

    private @Nullable FacilitatorRequest request(PaymentRecord row) {
        if (row.payload() == null) return null;
        try {
            return StoredPayment.read(row.payload());
        } catch (JsonFormatException | IllegalArgumentException e) {
            return null;
        }
    }

    /** The one that was asked before; only if it is gone from the configuration, another. */
    private Optional<Facilitator> facilitator(PaymentRecord row, FacilitatorRequest request) {
        Optional<Facilitator> same = Optional.ofNullable(row.facilitator()).flatMap(facilitators::byId);
        if (same.isPresent()) return same;
        List<Facilitator> others = facilitators.candidates(request.payment(), request.requirements(), List.of());
        return others.stream().findFirst();
    }

    private Instant windowEnd(PaymentRecord row) {
        return row.validBefore().plus(settings.margin());
    }

    private static String id(PaymentRecord row) {
        return row.claim().paymentId();
    }

    private static String name(PaymentRecord row) {
        return row.facilitator() == null ? "" : row.facilitator();
    }
}
