package io.farebox.gate;

import io.farebox.x402.Discovery;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.PaymentIdentity;
import io.farebox.x402.ResourceInfo;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.SettleResponse;
import io.farebox.x402.VerifyResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Lets an attempt in, or not: signature, then the book, then a facilitator. Nothing of a row is used before the signature is
 * checked, and nothing that a stranger made up reaches the book or a facilitator.
 */
final class Admissions {
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final LocalVerifier verifier;
    private final Book book;
    private final Facilitators facilitators;
    private final Settlements settlements;
    private final Answers answers;
    private final GateListener events;
    private final InstantSource clock;
    private final UpstreamHeaders upstream;
    private final ClaimRequests requests;
    private final Refusals refusals;
    private final LostClaims lost;
    private final Semaphore undecidable;
    private final Transfers transfers;
    private final Draws draws;

    Admissions(
            GateSettings settings,
            LocalVerifier verifier,
            Book book,
            Facilitators facilitators,
            Settlements settlements,
            Answers answers,
            GateListener events,
            InstantSource clock,
            Refusals refusals,
            LostClaims lost,
            Transfers transfers,
            Draws draws) {
        this.verifier = verifier;
        this.book = book;
        this.facilitators = facilitators;
        this.settlements = settlements;
        this.answers = answers;
        this.events = events;
        this.clock = clock;
        this.upstream = new UpstreamHeaders(settings, clock);
        this.requests = new ClaimRequests(settings, clock);
        this.refusals = refusals;
        this.lost = lost;
        this.transfers = transfers;
        this.draws = draws;
        this.undecidable = new Semaphore(settings.maxUndecidable());
    }

    Admission admit(Decision.Attempt attempt, @Nullable String bodyDigest) {
        if (attempt.payment().payload() instanceof SchemePayload.Transfer transfer)
            return transferred(attempt, transfer, bodyDigest);
        if (attempt.payment().payload() instanceof SchemePayload.Token token) return drawn(attempt, token, bodyDigest);
        String forged = Reasons.REFUSED;
        for (Decision.Candidate candidate : attempt.candidates()) {
            Decision.Attempt one = attempt.only(candidate);
            FacilitatorRequest request =
                    new FacilitatorRequest(one.payment(), candidate.terms(), resource(one), discovery(one));
            switch (verifier.check(one.payment(), candidate.terms())) {
                case LocalVerifier.LocalCheck.Signed signed -> {
                    return claim(one, request, bodyDigest, new Proof(signed.payer(), null));
                }
                case LocalVerifier.LocalCheck.Undecidable open -> {
                    return askFirst(one, request, bodyDigest, open.signer());
                }
                case LocalVerifier.LocalCheck.Forged no -> forged = no.reason();
            }
        }
        return refused(attempt, attempt.unmet() == null ? forged : attempt.unmet());
    }

    /** Credited first, because that is a payer's in any case; then it is paid from the balance like any other payment. */
    private Admission transferred(
            Decision.Attempt attempt, SchemePayload.Transfer transfer, @Nullable String bodyDigest) {
        String reason = Reasons.REFUSED;
        for (Decision.Candidate candidate : attempt.candidates()) {
            Decision.Attempt one = attempt.only(candidate);
            switch (transfers.take(transfer, candidate.terms())) {
                case Transfers.Taken.Credited(String payer) -> {
                    var request = new FacilitatorRequest(
                            one.payment().with(transfer.by(payer)), candidate.terms(), resource(one));
                    return claim(one, request, bodyDigest, new Proof(payer, null));
                }
                case Transfers.Taken.Unavailable(String why, Duration retryAfter) -> {
                    return unavailable(one, why, retryAfter);
                }
                // Of several assets, the one that was transferred tells more than those that were not.
                case Transfers.Taken.Refused(String why) -> {
                    if (!why.equals(TransferReasons.WRONG_ASSET) || reason.equals(Reasons.REFUSED)) reason = why;
                }
            }
        }
        return refused(attempt, reason);
    }

    private Admission drawn(Decision.Attempt attempt, SchemePayload.Token shown, @Nullable String bodyDigest) {
        Draws.Found found;
        try {
            found = draws.of(attempt, shown, clock.instant());
        } catch (BookUnavailableException e) {
            return unavailable(attempt, Reasons.BOOK_DOWN, RETRY);
        }
        return switch (found) {
            case Draws.Found.Refused(String why) -> refused(attempt, why);
            case Draws.Found.Payable(Token token, Decision.Candidate candidate, SchemePayload.Token payload) -> {
                Decision.Attempt one = attempt.paying(attempt.payment().with(payload), candidate);
                var request = new FacilitatorRequest(one.payment(), candidate.terms(), resource(one));
                Admission admission = claim(
                        one, request, bodyDigest, new Proof(token.account().payer(), null));
                if (admission instanceof Admission.Granted granted) granted.grant().token = token;
                yield admission;
            }
        };
    }

    /** Who pays, and the facilitator that has said so already, if any. */
    private record Proof(String payer, @Nullable Facilitator verifiedBy) {}

    private Admission askFirst(
            Decision.Attempt attempt,
            FacilitatorRequest request,
            @Nullable String bodyDigest,
            @Nullable String signer) {
        if (attempt.unmet() != null) return refused(attempt, attempt.unmet());
        // What cannot be told apart from other payments is no payment; a facilitator need not see it.
        if (PaymentIdentity.of(attempt.payment(), request.requirements()).isEmpty()) {
            return refused(attempt, Reasons.INVALID_PAYLOAD);
        }
        if (!undecidable.tryAcquire()) return unavailable(attempt, Reasons.BUSY, Duration.ofSeconds(1));
        Verdict verdict;
        try {
            verdict = verify(attempt, request);
        } finally {
            undecidable.release();
        }
        return switch (verdict) {
            // A facilitator refuses what was charged already; then the book knows more than the facilitator tells.
            case Verdict.Invalid invalid ->
                signer == null
                        ? refused(attempt, invalid.reason())
                        : claim(attempt, request, bodyDigest, new Proof(signer, null), invalid.reason());
            case Verdict.Nobody nobody -> unavailable(attempt, nobody.reason(), nobody.retryAfter());
            case Verdict.Valid valid -> {
                String payer = signer == null ? valid.payer() : signer;
                // Payers without a name would all be one, and fetch what is owed to each other.
                yield payer == null || payer.isEmpty()
                        ? refused(attempt, Reasons.REFUSED)
                        : claim(attempt, request, bodyDigest, new Proof(canonical(request, payer), valid.by()));
            }
        };
    }

    private Admission claim(
            Decision.Attempt attempt, FacilitatorRequest request, @Nullable String bodyDigest, Proof proof) {
        return claim(attempt, request, bodyDigest, proof, attempt.unmet());
    }

    /** @param unmet why this payment is good for no new claim; null if it is */
    private Admission claim(
            Decision.Attempt attempt,
            FacilitatorRequest request,
            @Nullable String bodyDigest,
            Proof proof,
            @Nullable String unmet) {
        Optional<String> key = PaymentIdentity.of(request.payment(), request.requirements());
        if (key.isEmpty()) return refused(attempt, Reasons.INVALID_PAYLOAD);
        ClaimRequest claim = requests.of(attempt, request, bodyDigest, proof.payer(), key.get(), unmet != null);
        ClaimResult result;
        try {
            result = book.claim(claim);
        } catch (BookUnavailableException e) {
            lost.giveBack(claim);
            return unavailable(attempt, Reasons.BOOK_DOWN, RETRY);
        }
        return switch (result) {
            case ClaimResult.Claimed claimed -> claimed(attempt, request, proof, claimed.claim(), claim.validBefore());
            case ClaimResult.Owed owed -> {
                events.on(new GateEvent.OwedRun(
                        attempt.taken().routeId(), owed.claim().paymentId()));
                yield granted(attempt, request, proof, owed.claim(), claim.validBefore(), owed.receipt());
            }
            case ClaimResult.InFlight inFlight -> conflict(attempt, Reasons.IN_USE, null);
            case ClaimResult.AlreadyPaid paid -> conflict(attempt, Reasons.USED, paid.receipt());
            case ClaimResult.InDoubt inDoubt -> inDoubt(attempt);
            case ClaimResult.IdentifierTaken taken -> {
                String why = attempt.payment().payload() instanceof SchemePayload.Token
                        ? TokenReasons.KEY_TAKEN
                        : Reasons.IDENTIFIER_TAKEN;
                event(attempt, 409, why);
                yield new Admission.Refused(answers.rejection(409, why, attempt.cors()), why);
            }
            case ClaimResult.Spent spent -> refused(attempt, Reasons.SPENT);
            case ClaimResult.Uncovered uncovered -> refused(attempt, Reasons.INSUFFICIENT);
            case ClaimResult.NotKnown notKnown -> refused(attempt, unmet == null ? Reasons.REFUSED : unmet);
        };
    }

    private Admission claimed(
            Decision.Attempt attempt, FacilitatorRequest request, Proof proof, Claim claim, Instant validBefore) {
        events.on(new GateEvent.Claimed(attempt.taken().routeId(), claim.paymentId()));
        Facilitator by = proof.verifiedBy();
        // A route that is paid upfront is judged by settling, as the protocol's upfront flow has it. A balance that a
        // transfer
        // pays from is always looked at: it costs little, and what is too low is a payer's everyday mistake. That of a
        // token was
        // looked at when it was claimed.
        SchemePayload payload = attempt.payment().payload();
        boolean asked = by != null
                || payload instanceof SchemePayload.Token
                || (!(payload instanceof SchemePayload.Transfer)
                        && (attempt.taken().verifyLocal() || attempt.taken().flow() == Flow.UPFRONT));
        if (!asked) {
            switch (verify(attempt, request)) {
                case Verdict.Valid valid -> by = valid.by();
                case Verdict.Invalid invalid -> {
                    return invalid(attempt, claim, invalid.reason());
                }
                case Verdict.Nobody nobody -> {
                    release(attempt, claim, nobody.reason());
                    return unavailable(attempt, nobody.reason(), nobody.retryAfter());
                }
            }
        }
        Grant grant = grant(attempt, request, new Proof(proof.payer(), by), claim, validBefore, null);
        boolean first = attempt.taken().flow() == Flow.UPFRONT || refusals.areMany(proof.payer());
        return first ? upfront(grant) : new Admission.Granted(grant);
    }

    /**
     * A payment may be no good because it was just used: by another request that was let in when the store of claims had
     * forgotten this one. Then the book knows, and a price would have the payer pay twice.
     */
    private Admission invalid(Decision.Attempt attempt, Claim claim, String reason) {
        return switch (release(attempt, claim, reason)) {
            case GIVEN_BACK -> refused(attempt, reason);
            case ANOTHERS -> conflict(attempt, Reasons.IN_USE, null);
            case NOBODY_KNOWS -> unavailable(attempt, Reasons.BOOK_DOWN, RETRY);
        };
    }

    private Admission upfront(Grant grant) {
        return switch (settlements.charge(grant)) {
            case Settlement.Settled settled -> new Admission.Granted(grant);
            case Settlement.Failed failed -> new Admission.Refused(failed.response(), Reasons.REFUSED);
            case Settlement.Unknown unknown -> new Admission.Unavailable(unknown.response(), SettleResponse.PENDING);
            case Settlement.NotDue notDue -> throw new IllegalStateException("charging never answers NotDue");
        };
    }

    private Admission granted(
            Decision.Attempt attempt,
            FacilitatorRequest request,
            Proof proof,
            Claim claim,
            Instant validBefore,
            SettleResponse receipt) {
        return new Admission.Granted(grant(attempt, request, proof, claim, validBefore, receipt));
    }

    private Grant grant(
            Decision.Attempt attempt,
            FacilitatorRequest request,
            Proof proof,
            Claim claim,
            Instant validBefore,
            @Nullable SettleResponse receipt) {
        return new Grant(
                attempt,
                request,
                proof.payer(),
                claim,
                validBefore,
                proof.verifiedBy(),
                receipt,
                clock.instant().plus(Leases.LEASE),
                upstream.of(attempt, request.requirements(), proof.payer(), claim));
    }

    /** What the facilitators say, asked in order until one answers. */
    private sealed interface Verdict {
        record Valid(Facilitator by, @Nullable String payer) implements Verdict {}

        record Invalid(String reason) implements Verdict {}

        record Nobody(String reason, Duration retryAfter) implements Verdict {}
    }

    private Verdict verify(Decision.Attempt attempt, FacilitatorRequest request) {
        String route = attempt.taken().routeId();
        List<Facilitator> candidates = facilitators.candidates(
                request.payment(), request.requirements(), attempt.taken().facilitators());
        if (candidates.isEmpty()) return new Verdict.Nobody(Reasons.NO_FACILITATOR, RETRY);
        Duration retryAfter = RETRY;
        for (Facilitator facilitator : candidates) {
            Instant start = clock.instant();
            try {
                VerifyResponse answer = facilitator.verify(request);
                Duration took = Duration.between(start, clock.instant());
                events.on(new GateEvent.Verified(route, facilitator.id(), answer.isValid(), took));
                if (answer.isValid()) return new Verdict.Valid(facilitator, answer.payer());
                return new Verdict.Invalid(FacilitatorReasons.code(answer.invalidReason()));
            } catch (FacilitatorUnavailableException e) {
                events.on(new GateEvent.FacilitatorFailed(route, facilitator.id(), e.reason()));
                if (e.retryAfter() != null) retryAfter = e.retryAfter();
            } catch (RuntimeException e) {
                // A facilitator that breaks its contract is one that gave no answer; the claim must not stay behind.
                events.on(new GateEvent.FacilitatorFailed(route, facilitator.id(), "broken"));
            }
        }
        return new Verdict.Nobody(Reasons.FACILITATOR_DOWN, retryAfter);
    }

    private enum Release {
        GIVEN_BACK,
        ANOTHERS,
        NOBODY_KNOWS
    }

    private Release release(Decision.Attempt attempt, Claim claim, String reason) {
        try {
            if (!book.released(claim, reason, clock.instant())) return Release.ANOTHERS;
            events.on(new GateEvent.Released(attempt.taken().routeId(), claim.paymentId(), reason));
            return Release.GIVEN_BACK;
        } catch (BookUnavailableException e) {
            // The claim's lease runs out by itself; nothing was charged.
            return Release.NOBODY_KNOWS;
        }
    }

    private Admission refused(Decision.Attempt attempt, String reason) {
        if (reason.equals(Reasons.PRICES_UNKNOWN)) return unavailable(attempt, reason, RETRY);
        GateResponse response = answers.refusal(attempt, reason);
        event(attempt, response.status(), reason);
        return new Admission.Refused(response, reason);
    }

    private Admission conflict(Decision.Attempt attempt, String reason, @Nullable SettleResponse receipt) {
        event(attempt, 409, reason);
        return new Admission.Refused(answers.conflict(attempt, reason, receipt), reason);
    }

    private void event(Decision.Attempt attempt, int status, String reason) {
        events.on(new GateEvent.Refused(
                attempt.taken().routeId(), attempt.payment().version(), status, reason));
    }

    private Admission inDoubt(Decision.Attempt attempt) {
        events.on(new GateEvent.Unavailable(attempt.taken().routeId(), SettleResponse.PENDING));
        return new Admission.Unavailable(answers.outcomeUnknown(attempt, RETRY), SettleResponse.PENDING);
    }

    Admission unavailable(Decision.Attempt attempt, String reason, Duration retryAfter) {
        events.on(new GateEvent.Unavailable(attempt.taken().routeId(), reason));
        return new Admission.Unavailable(answers.unavailable(attempt, reason, retryAfter), reason);
    }

    private static ResourceInfo resource(Decision.Attempt attempt) {
        return new ResourceInfo(
                attempt.resourceUrl(),
                attempt.taken().description(),
                attempt.taken().mimeType());
    }

    private static @Nullable Discovery discovery(Decision.Attempt attempt) {
        Discovery discovery = attempt.taken().discovery();
        return discovery == null ? null : discovery.under(attempt.basePath());
    }

    private static String canonical(FacilitatorRequest request, String payer) {
        return request.requirements().network().isEvm() ? payer.toLowerCase(Locale.ROOT) : payer;
    }
}
