package io.farebox.gate;

import io.farebox.x402.v1.V1Codec;
import io.farebox.x402.v2.V2Codec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gate. A host uses it so:
 *
 * <ol>
 *   <li>{@link #decide} every request, on the caller's thread: it neither blocks nor throws.
 *   <li>An {@link Decision.Attempt} is {@link #admit admitted} where blocking is allowed.
 *   <li>A granted request runs the resource. Before its first byte, when its status is known, {@link #settle} it; only then
 *       may the answer go, its headers completed by {@link #completeAnswer}.
 *   <li>Afterwards tell how it ended: {@link #delivered} or {@link #brokenOff}. A request that ends before settlement, by an
 *       exception, a timeout or a lost client, is {@link #release released}.
 * </ol>
 *
 * <p>After a grant exactly one of {@code release}, {@code settle} with an unpaid outcome, {@code delivered} and
 * {@code brokenOff} ends it; further calls change nothing. Thread-safe.
 */
public final class PaymentGate implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PaymentGate.class.getName());

    /** Ends of answers that the book has not taken yet. Strangers can lose claims, so these have a room of their own. */
    private static final int ENDS = 4_000;

    private static final int LOST_CLAIMS = 1_000;

    private final Mode mode;
    private final Decisions decisions;
    private final Admissions admissions;
    private final Settlements settlements;
    private final Answers answers;
    private final TokenDesk tokens;
    private final Book book;
    private final GateListener events;
    private final InstantSource clock;
    private final Leases leases;
    private final Afterwards afterwards;
    private volatile boolean stopping;

    /** Puts a gate together; every argument is shared and thread-safe. */
    public PaymentGate(
            GateSettings settings,
            PriceList prices,
            LocalVerifier verifier,
            Book book,
            Facilitators facilitators,
            OutcomeLookup lookup,
            GateListener listener,
            InstantSource clock,
            Pause pause) {
        this(settings, prices, verifier, Transfers.none(), book, facilitators, lookup, listener, clock, pause);
    }

    /** A gate that also takes transfers. */
    public PaymentGate(
            GateSettings settings,
            PriceList prices,
            LocalVerifier verifier,
            Transfers transfers,
            Book book,
            Facilitators facilitators,
            OutcomeLookup lookup,
            GateListener listener,
            InstantSource clock,
            Pause pause) {
        this(settings, prices, verifier, transfers, null, book, facilitators, lookup, listener, clock, pause);
    }

    /** A gate that also takes transfers, and tokens unless {@code prepaid} is null. */
    public PaymentGate(
            GateSettings settings,
            PriceList prices,
            LocalVerifier verifier,
            Transfers transfers,
            @Nullable Prepaid prepaid,
            Book book,
            Facilitators facilitators,
            OutcomeLookup lookup,
            GateListener listener,
            InstantSource clock,
            Pause pause) {
        this.mode = settings.mode();
        this.book = book;
        this.clock = clock;
        this.events = guarded(listener);
        this.leases = new Leases(book, clock);
        this.afterwards = new Afterwards(clock, pause, ENDS);
        V1Codec v1 = new V1Codec(settings.v1Names());
        V2Codec v2 = new V2Codec();
        TransferRail rail = new TransferRail(settings);
        TokenRail tokenRail = new TokenRail(settings, prepaid);
        this.answers = new Answers(v1, v2, settings, rail, tokenRail, clock);
        this.decisions = new Decisions(prices, settings, v1, v2, answers, rail, tokenRail);
        this.tokens = new TokenDesk(prepaid, tokenRail, answers, clock);
        Refusals refusals = new Refusals(book, clock);
        this.settlements = new Settlements(
                settings.times(), book, facilitators, lookup, answers, events, clock, pause, refusals, leases);
        this.admissions = new Admissions(
                settings,
                verifier,
                book,
                facilitators,
                settlements,
                answers,
                events,
                clock,
                refusals,
                new LostClaims(book, clock, new Afterwards(clock, pause, LOST_CLAIMS)),
                transfers,
                new Draws(prepaid));
    }

    /** Whether the gate refuses anything at all. If not, a host passes every request, ambiguous targets included. */
    public boolean enforces() {
        return mode == Mode.ENFORCE;
    }

    /** Decides what can be decided without asking anyone. Pure but for the clock and the listener; never blocks or throws. */
    public Decision decide(GateRequest request) {
        Decision decision = decisions.decide(request, clock.instant());
        switch (decision) {
            case Decision.Free free -> events.on(free.event());
            case Decision.Answer answer -> {
                if (answer.event() != null) events.on(answer.event());
            }
            case Decision.Attempt attempt ->
                events.on(new GateEvent.Attempted(
                        attempt.taken().routeId(), attempt.payment().version()));
            case Decision.Inquiry inquiry -> {}
        }
        return decision;
    }

    /**
     * The manifest, if this request asks for it and there is one; else null. {@link #decide(GateRequest)} answers it too: a host
     * that decides only what its routes match asks for it before.
     */
    public @Nullable GateResponse manifest(GateRequest request) {
        return decisions.manifest(request, clock.instant());
    }

    /** Whether the gate alone answers requests to this path, as it does below {@code /.farebox/} where tokens are taken. */
    public boolean isOwn(GateRequest request) {
        return enforces() && decisions.isOwn(request);
    }

    /** What the holder of a token is told. May block; never throws. */
    public GateResponse answer(Decision.Inquiry inquiry) {
        return tokens.answer(inquiry);
    }

    /** Whether what was granted is handed over by {@link #serve}, and not by a resource of the host. */
    public boolean serves(Grant grant) {
        return grant.attempt.taken().bundle() != null;
    }

    /**
     * Hands over what the gate itself sells, in the place of a resource: the host writes this answer as if a resource had made it, and
     * settles and ends the grant as it does for every other. May block; never throws.
     */
    public GateResponse serve(Grant grant) {
        Bundle bundle = grant.attempt.taken().bundle();
        if (bundle == null) throw new IllegalArgumentException("the resource of " + grant.routeId() + " is the host's");
        return tokens.sell(grant, bundle);
    }

    /** Whether this request may be served without paying, by whoever serves it. Tells no listener; never blocks or throws. */
    public boolean isFree(GateRequest request) {
        return decisions.isFree(request);
    }

    /** Whether any price depends on {@link GateRequest#authenticated}. */
    public boolean asksForCallers() {
        return decisions.asksForCallers();
    }

    /** The answer to an attempt for which the host has no room: 503, and nothing is charged. */
    public GateResponse busy(Decision.Attempt attempt) {
        events.on(new GateEvent.Unavailable(attempt.offer().routeId(), Reasons.FULL));
        return answers.unavailable(attempt, Reasons.FULL, Duration.ofSeconds(1));
    }

    /** Refuses a request whose target the {@link RequestFirewall} found ambiguous. */
    public GateResponse reject(int status, String reason) {
        events.on(new GateEvent.Rejected(null, status, reason));
        return answers.rejection(status, reason, List.of());
    }

    /**
     * Checks, claims and, for routes that are paid upfront, settles. May block; never throws.
     *
     * @param bodyDigest SHA-256 of the request body in hexadecimal, the empty string for no body, null if too long to read
     */
    public Admission admit(Decision.Attempt attempt, @Nullable String bodyDigest) {
        if (stopping) return admissions.unavailable(attempt, Reasons.STOPPING, Duration.ofSeconds(1));
        Admission admission = admissions.admit(attempt, bodyDigest);
        if (admission instanceof Admission.Granted granted) leases.keep(granted.grant());
        return admission;
    }

    /**
     * Settles, now that the resource's status is known. Idempotent: a second call gives the first one's answer. May block for
     * the settle deadline and wait; never throws.
     */
    public Settlement settle(Grant grant, int status) {
        grant.settling.lock();
        try {
            Settlement known = grant.outcome;
            if (known == null) {
                known = settleOnce(grant, status);
                if (known instanceof Settlement.Settled || known instanceof Settlement.NotDue)
                    grant.standing = tokens.standing(grant);
                grant.outcome = known;
            }
            return known;
        } finally {
            grant.settling.unlock();
            writeEnd(grant);
            if (grant.ended.get()) leases.drop(grant);
        }
    }

    private Settlement settleOnce(Grant grant, int status) {
        boolean due = status < grant.attempt.taken().chargeBelow();
        if (grant.settled()) {
            if (due) return new Settlement.Settled();
            end(grant, "status_" + status / 100 + "xx", true);
            return new Settlement.NotDue();
        }
        if (due) return settlements.charge(grant);
        end(grant, "status_" + status / 100 + "xx", true);
        return new Settlement.NotDue();
    }

    /** Completes the headers of a granted answer before it is committed: receipt, caching, CORS. */
    public void completeAnswer(Grant grant, AnswerHeaders headers) {
        PaidAnswer.complete(grant, headers, answers);
    }

    /** The resource ended without an answer before settlement: nothing is charged. May block briefly; never throws. */
    public void release(Grant grant, String reason) {
        end(grant, reason, true);
    }

    /** The answer ended as it should, or the client left after its first byte. May block briefly; never throws. */
    public void delivered(Grant grant) {
        end(grant, "", false);
    }

    /** The answer broke off: what was paid for is owed. May block briefly; never throws. */
    public void brokenOff(Grant grant, String reason) {
        end(grant, reason, true);
    }

    /**
     * Whether a request header must not reach the resource: payments, {@code X-Farebox-*}, and what names another method or path
     * than the request line.
     */
    public static boolean isStripped(String headerName) {
        return RequestHeaders.isStripped(headerName);
    }

    /** Asks for the claim's end to be written; the first word counts. While settlement is under way, it writes the end itself. */
    private void end(Grant grant, String reason, boolean failed) {
        grant.endAsked.compareAndSet(null, new Grant.End(reason, failed));
        writeEnd(grant);
    }

    private void writeEnd(Grant grant) {
        if (grant.endAsked.get() == null || !grant.settling.tryLock()) return;
        try {
            Grant.End end = grant.endAsked.get();
            if (end == null || !grant.ended.compareAndSet(false, true) || isWritten(grant, end)) return;
            // The answer has gone, whatever the book says: were it noted as owed, the payer could fetch it again.
            if (afterwards.retry(() -> isWritten(grant, end), clock.instant().plus(Leases.LEASE))) return;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "payment {0}: its end could not be recorded; the reconciler will see to it",
                    grant.claim.paymentId());
        } finally {
            // Also when the end could not be written: only a lease that runs out lets the reconciler see to it.
            if (grant.ended.get()) leases.drop(grant);
            grant.settling.unlock();
        }
    }

    /** @return false if the book does not answer */
    private boolean isWritten(Grant grant, Grant.End end) {
        try {
            write(grant, end);
            return true;
        } catch (BookUnavailableException e) {
            return false;
        }
    }

    /** What was charged is delivered or owed; what was not is given back. */
    private void write(Grant grant, Grant.End end) {
        Instant now = clock.instant();
        String route = grant.routeId();
        String payment = grant.claim.paymentId();
        if (!grant.settled()) {
            if (book.released(grant.claim, end.reason(), now)) {
                events.on(new GateEvent.Released(route, payment, end.reason()));
            }
        } else if (end.failed()) {
            if (book.owed(grant.claim, now)) events.on(new GateEvent.Owed(route, payment, end.reason()));
        } else if (book.delivered(grant.claim, now)) {
            events.on(new GateEvent.Delivered(route, payment));
        }
    }

    /**
     * Takes no new payments from now on: they are answered 503 and nothing is charged. What was granted goes on, and so does all
     * that is free. To be called before a server stops, so that what is under way can end.
     */
    public void stopAdmitting() {
        stopping = true;
    }

    /** Takes new payments again: the server has not stopped, or was started again. */
    public void resumeAdmitting() {
        stopping = false;
    }

    /** How many granted requests have not ended. */
    public int inFlight() {
        return leases.size();
    }

    /** Stops renewing leases. Requests in flight should have ended; what has not is taken over by the reconciler. */
    @Override
    public void close() {
        leases.close();
    }

    private static GateListener guarded(GateListener listener) {
        return event -> {
            try {
                listener.on(event);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "a listener failed on an event", e);
            }
        };
    }
}
