package io.farebox.gate;

import io.farebox.x402.Network;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SettleResponse;
import io.farebox.x402.VerifyResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Charges a granted payment. Every step outward is written before it is taken and after: SETTLING before a facilitator is
 * asked, SETTLED before the answer goes. An outcome is never guessed: what is neither clearly yes nor clearly no is UNKNOWN,
 * and then the request asks on for a while before it hands over to the reconciler.
 */
final class Settlements {
    private static final Duration RETRY = Duration.ofSeconds(5);
    /** Beyond the age at which a settlement counts as in doubt, for the book's milliseconds. */
    private static final Duration DOUBT_MARGIN = Duration.ofSeconds(1);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    private final GateSettings.Times times;
    private final Book book;
    private final Facilitators facilitators;
    private final OutcomeLookup lookup;
    private final Answers answers;
    private final GateListener events;
    private final InstantSource clock;
    private final Pause pause;
    private final Refusals refusals;
    private final Leases leases;

    Settlements(
            GateSettings.Times times,
            Book book,
            Facilitators facilitators,
            OutcomeLookup lookup,
            Answers answers,
            GateListener events,
            InstantSource clock,
            Pause pause,
            Refusals refusals,
            Leases leases) {
        this.times = times;
        this.book = book;
        this.facilitators = facilitators;
        this.lookup = lookup;
        this.answers = answers;
        this.events = events;
        this.clock = clock;
        this.pause = pause;
        this.refusals = refusals;
        this.leases = leases;
    }

    /** Charges, whatever the resource said: the caller knows that it is due. */
    Settlement charge(Grant grant) {
        leases.keep(grant);
        try {
            return ask(grant);
        } catch (BookUnavailableException e) {
            // Written or not, sent or not: the row tells the reconciler, and until then nobody pays again.
            grant.ended.set(true);
            awaitDoubt(grant);
            return unknownAnswer(grant, Reasons.BOOK_DOWN);
        } finally {
            if (grant.ended.get()) leases.drop(grant);
        }
    }

    /**
     * Waits until the row counts as in doubt. A client that is answered earlier may sign anew before the book holds it back, and
     * would be charged twice.
     */
    private void awaitDoubt(Grant grant) {
        Instant since = grant.settlingSince;
        if (since == null) return;
        Duration left =
                Duration.between(clock.instant(), since.plus(times.doubtAfter()).plus(DOUBT_MARGIN));
        if (left.isPositive()) pause.pause(left);
    }

    private Settlement ask(Grant grant) {
        Duration retryAfter = RETRY;
        boolean begun = false;
        for (Facilitator facilitator : inOrder(grant)) {
            if (isMoved(grant, facilitator)) {
                VerifyResponse view = verified(grant, facilitator);
                if (view == null) continue;
                if (!view.isValid()) return notCharged(grant, begun, FacilitatorReasons.code(view.invalidReason()));
            }
            if (tooLate(grant)) return notCharged(grant, begun, "payment_expired");
            if (!settling(grant, facilitator)) return lost(grant);
            begun = true;
            events.on(new GateEvent.Settling(grant.routeId(), grant.claim.paymentId(), facilitator.id()));
            Instant start = clock.instant();
            try {
                SettleResponse answer = facilitator.settle(grant.request);
                return answer.isPending()
                        ? pending(grant, facilitator, start)
                        : conclude(grant, facilitator, answer, start);
            } catch (FacilitatorUnavailableException e) {
                events.on(new GateEvent.FacilitatorFailed(grant.routeId(), facilitator.id(), e.reason()));
                if (e.reach() == FacilitatorUnavailableException.Reach.MAYBE_REACHED) {
                    return unknown(grant, facilitator, e.reason());
                }
                if (e.retryAfter() != null) retryAfter = e.retryAfter();
            } catch (BookUnavailableException e) {
                throw e;
            } catch (RuntimeException e) {
                return unknown(grant, facilitator, "broken");
            }
        }
        return unreached(grant, begun, retryAfter);
    }

    /** Whether another facilitator has said that the payment is good than the one that is to settle it now. */
    private static boolean isMoved(Grant grant, Facilitator facilitator) {
        return grant.verifiedBy != null && !facilitator.id().equals(grant.verifiedBy.id());
    }

    /** What this one says of the payment, or null if it cannot tell. */
    private @Nullable VerifyResponse verified(Grant grant, Facilitator facilitator) {
        Instant start = clock.instant();
        try {
            VerifyResponse answer = facilitator.verify(grant.request);
            Duration took = Duration.between(start, clock.instant());
            events.on(new GateEvent.Verified(grant.routeId(), facilitator.id(), answer.isValid(), took));
            return answer;
        } catch (FacilitatorUnavailableException e) {
            events.on(new GateEvent.FacilitatorFailed(grant.routeId(), facilitator.id(), e.reason()));
        } catch (RuntimeException e) {
            events.on(new GateEvent.FacilitatorFailed(grant.routeId(), facilitator.id(), "broken"));
        }
        return null;
    }

    private boolean settling(Grant grant, Facilitator facilitator) {
        Instant now = clock.instant();
        if (grant.settlingSince == null) grant.settlingSince = now;
        Instant until = now.plus(Leases.LEASE);
        if (!book.settling(grant.claim, facilitator.id(), until, now)) return false;
        grant.leaseUntil = until;
        return true;
    }

    /**
     * A transaction is on its way: asked exactly once more, with the same request (x402 v2, settlement_pending). From here on
     * neither a no nor silence is proof that nothing was charged.
     */
    private Settlement pending(Grant grant, Facilitator facilitator, Instant start) {
        if (!settling(grant, facilitator)) return lost(grant);
        try {
            SettleResponse answer = facilitator.settle(grant.request);
            if (SettleVerdict.of(answer, grant.request.requirements(), grant.payer) == SettleVerdict.CHARGED) {
                return conclude(grant, facilitator, answer, start);
            }
        } catch (FacilitatorUnavailableException e) {
            events.on(new GateEvent.FacilitatorFailed(grant.routeId(), facilitator.id(), e.reason()));
        }
        return unknown(grant, facilitator, SettleResponse.PENDING);
    }

    private Settlement conclude(Grant grant, Facilitator facilitator, SettleResponse answer, Instant start) {
        PaymentRequirements terms = grant.request.requirements();
        return switch (SettleVerdict.of(answer, terms, grant.payer)) {
            case CHARGED -> {
                Settlement settled = record(grant, facilitator, answer, start);
                yield settled == null ? unknown(grant, facilitator, "duplicate_transaction") : settled;
            }
            case NOT_CHARGED -> {
                Settlement refused = failed(grant, facilitator, answer);
                refusals.count(grant.payer);
                yield refused;
            }
            case UNCLEAR -> unknown(grant, facilitator, FacilitatorReasons.code(SettleVerdict.reason(answer)));
        };
    }

    private Settlement failed(Grant grant, Facilitator facilitator, SettleResponse answer) {
        String reason = FacilitatorReasons.code(SettleVerdict.reason(answer));
        book.failed(grant.claim, reason, clock.instant());
        grant.ended.set(true);
        events.on(new GateEvent.SettleFailed(grant.routeId(), grant.claim.paymentId(), facilitator.id(), reason));
        SettleResponse no = new SettleResponse(false, reason, grant.payer, "", network(grant));
        return new Settlement.Failed(answers.notSettled(grant.attempt, no, reason));
    }

    /** Keeps the request and asks on, the chain first; then leaves the row to the reconciler. */
    private Settlement unknown(Grant grant, Facilitator facilitator, String reason) {
        Instant until = clock.instant().plus(Leases.LEASE);
        book.unknown(grant.claim, reason, until, clock.instant());
        grant.leaseUntil = until;
        events.on(new GateEvent.SettleUnknown(grant.routeId(), grant.claim.paymentId(), facilitator.id(), reason));
        Instant end = clock.instant().plus(times.settleWait());
        Duration wait = FIRST_PAUSE;
        while (clock.instant().plus(wait).isBefore(end) && pause.pause(wait)) {
            Settlement settlement = askAgain(grant, facilitator);
            if (settlement != null) return settlement;
            wait = wait.multipliedBy(2);
        }
        // First, so that the row is not renewed once it is the reconciler's.
        grant.ended.set(true);
        book.unknown(grant.claim, reason, clock.instant(), clock.instant());
        return unknownAnswer(grant, SettleResponse.PENDING);
    }

    /** An outcome, or null as long as there is none. After an unknown, a facilitator's no proves nothing: its first try may be why. */
    private @Nullable Settlement askAgain(Grant grant, Facilitator facilitator) {
        Instant start = clock.instant();
        switch (lookup.lookUp(grant.request)) {
            case OutcomeLookup.Outcome.Happened happened -> {
                return onChain(grant, facilitator, happened.receipt(), start);
            }
            case OutcomeLookup.Outcome.NeverHappened never -> {
                SettleResponse no = new SettleResponse(false, "payment_expired", grant.payer, "", network(grant));
                return failed(grant, facilitator, no);
            }
            case OutcomeLookup.Outcome.NotKnown notKnown -> {}
        }
        try {
            SettleResponse answer = facilitator.settle(grant.request);
            boolean charged =
                    SettleVerdict.of(answer, grant.request.requirements(), grant.payer) == SettleVerdict.CHARGED;
            return charged ? record(grant, facilitator, answer, start) : null;
        } catch (BookUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            // Still no answer, in whatever way.
            return null;
        }
    }

    /** Settled, or null if another payment stands on the same transaction: that is not believed without a look at the chain. */
    private @Nullable Settlement record(Grant grant, Facilitator facilitator, SettleResponse receipt, Instant start) {
        Instant now = clock.instant();
        return recorded(
                grant,
                facilitator,
                receipt,
                written(() -> facilitator.sharesTransactions()
                        ? book.settledOnChain(
                                grant.claim, receipt, DeliveryState.RUNNING, now.plus(times.owedTtl()), now)
                        : book.settled(grant.claim, receipt, DeliveryState.RUNNING, now.plus(times.owedTtl()), now)),
                start);
    }

    private @Nullable Settlement onChain(Grant grant, Facilitator facilitator, SettleResponse receipt, Instant start) {
        Instant now = clock.instant();
        return recorded(
                grant,
                facilitator,
                receipt,
                written(() -> book.settledOnChain(
                        grant.claim, receipt, DeliveryState.RUNNING, now.plus(times.owedTtl()), now)),
                start);
    }

    /**
     * Money has moved, so a book that is slow or away is asked again for a while. A write whose answer is late may have been made:
     * then the row is paid and runs, and does not hold back a client that is told to come again.
     */
    private SettledResult written(Supplier<SettledResult> write) {
        Instant end = clock.instant().plus(times.settleWait());
        for (Duration wait = FIRST_PAUSE; ; wait = wait.multipliedBy(2)) {
            try {
                return write.get();
            } catch (BookUnavailableException e) {
                if (!clock.instant().plus(wait).isBefore(end) || !pause.pause(wait)) throw e;
            }
        }
    }

    private @Nullable Settlement recorded(
            Grant grant, Facilitator facilitator, SettleResponse receipt, SettledResult result, Instant start) {
        return switch (result) {
            case RECORDED -> {
                grant.receipt = receipt;
                events.on(settledEvent(grant, facilitator, Duration.between(start, clock.instant())));
                yield new Settlement.Settled();
            }
            case DUPLICATE_TRANSACTION -> null;
            case LOST -> lost(grant);
        };
    }

    private Settlement unreached(Grant grant, boolean begun, Duration retryAfter) {
        giveBack(grant, begun, "not_reached");
        events.on(new GateEvent.Unavailable(grant.routeId(), Reasons.FACILITATOR_DOWN));
        return new Settlement.Unknown(answers.unavailable(grant.attempt, Reasons.FACILITATOR_DOWN, retryAfter));
    }

    private Settlement notCharged(Grant grant, boolean begun, String reason) {
        giveBack(grant, begun, reason);
        SettleResponse no = new SettleResponse(false, reason, grant.payer, "", network(grant));
        return new Settlement.Failed(answers.notSettled(grant.attempt, no, reason));
    }

    /** Ends a claim for which certainly nothing was asked. */
    private void giveBack(Grant grant, boolean begun, String reason) {
        if (begun) book.failed(grant.claim, reason, clock.instant());
        else book.released(grant.claim, reason, clock.instant());
        grant.ended.set(true);
        events.on(new GateEvent.Released(grant.routeId(), grant.claim.paymentId(), reason));
    }

    private Settlement lost(Grant grant) {
        grant.ended.set(true);
        return unknownAnswer(grant, SettleResponse.PENDING);
    }

    private Settlement unknownAnswer(Grant grant, String reason) {
        events.on(new GateEvent.Unavailable(grant.routeId(), reason));
        return new Settlement.Unknown(answers.outcomeUnknown(grant.attempt, RETRY));
    }

    /** The facilitator that verified goes first; another may be asked only while none was reached. */
    private List<Facilitator> inOrder(Grant grant) {
        List<Facilitator> order = new ArrayList<>();
        if (grant.verifiedBy != null) order.add(grant.verifiedBy);
        List<Facilitator> candidates = facilitators.candidates(
                grant.request.payment(),
                grant.request.requirements(),
                grant.attempt.taken().facilitators());
        for (Facilitator facilitator : candidates) {
            if (grant.verifiedBy == null || !facilitator.id().equals(grant.verifiedBy.id())) order.add(facilitator);
        }
        return order;
    }

    private boolean tooLate(Grant grant) {
        return clock.instant().plus(times.skew()).isAfter(grant.validBefore);
    }

    private static Network network(Grant grant) {
        return grant.request.requirements().network();
    }

    private static GateEvent settledEvent(Grant grant, Facilitator facilitator, Duration took) {
        PaymentRequirements terms = grant.request.requirements();
        return new GateEvent.Settled(
                grant.routeId(),
                grant.claim.paymentId(),
                facilitator.id(),
                terms.network(),
                terms.asset(),
                terms.amount(),
                took);
    }
}
