package io.farebox.ledger;

import io.farebox.gate.ClaimRequest;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.PaymentState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One claim, answered in the order that {@link io.farebox.gate.Book#claim} promises. */
final class Claiming {
    private final BookSession session;
    private final ClaimRequest request;

    private Claiming(BookSession session, ClaimRequest request) {
        this.session = session;
        this.request = request;
    }

    static ClaimResult claim(BookSession session, ClaimRequest request) throws SQLException {
        Claiming claiming = new Claiming(session, request);
        return switch (claiming.course()) {
            case Course.Answer answer -> answer.result();
            case Course.Run run -> claiming.run(run.row());
            case Course.Enter enter -> claiming.enter(enter.own());
        };
    }

    /** What {@link #claim} would do, without doing it. */
    static Prospect foresee(BookSession session, ClaimRequest request) throws SQLException {
        return switch (new Claiming(session, request).course()) {
            case Course.Answer answer -> new Prospect.Known(answer.result());
            case Course.Run run -> new Prospect.Open();
            // What a payer called a request is known to the book alone, and so is what a balance still covers.
            case Course.Enter enter ->
                enter.own() == null && request.identifier() == null && !request.isDraw()
                        ? new Prospect.Fresh()
                        : new Prospect.Open();
        };
    }

    /** What a claim is answered by what became of the payment itself, while another request holds it outside the book. */
    static ClaimResult whileHeld(BookSession session, ClaimRequest request) throws SQLException {
        Claiming claiming = new Claiming(session, request);
        List<Row> related = session.related(request);
        Course known = claiming.courseOfKey(claiming.own(related), related);
        return known instanceof Course.Answer answer ? answer.result() : new ClaimResult.InFlight();
    }

    /**
     * Enters a claim that was held outside the book, one step further already. The rules that guard the payment itself are
     * applied again: whoever let it be claimed may have forgotten others.
     *
     * @return false if somebody else has used the payment meanwhile; then nothing was changed
     */
    static boolean enter(BookSession session, Unwritten held, Transitions.Step step, Instant now) throws SQLException {
        Claiming claiming = new Claiming(session, held.request());
        List<Row> related = session.related(held.request());
        Row own = claiming.own(related);
        if (own == null && claiming.answerForRun(related) != null) return false;
        if (own != null && !own.isHeldBy(held.claim())) return false;
        Row row = own == null ? held.toRow() : own;
        if (!step.take(row)) return false;
        row.updatedAt = Millis.of(now);
        if (own == null) session.insert(row);
        else session.save(row);
        return true;
    }

    /** What a claim comes to. */
    private sealed interface Course {
        record Answer(ClaimResult result) implements Course {}

        record Run(Row row) implements Course {}

        record Enter(@Nullable Row own) implements Course {}
    }

    private Course course() throws SQLException {
        List<Row> related = session.related(request);
        Row own = own(related);
        Course known = courseOfKey(own, related);
        if (known != null) return known;
        if (related.stream().anyMatch(this::isDoubt)) return new Course.Answer(new ClaimResult.InDoubt());
        if (request.knownOnly()) return new Course.Answer(new ClaimResult.NotKnown());
        Course named = courseOfIdentifier();
        if (named != null) return named;
        Optional<Row> owed = related.stream()
                .filter(this::isOwedToUs)
                .min(Comparator.<Row>comparingLong(row -> Objects.requireNonNull(row.settledAt))
                        .thenComparing(row -> row.key));
        if (owed.isPresent()) return new Course.Run(owed.get());
        return request.isDraw() && !Covering.covers(session, request)
                ? new Course.Answer(new ClaimResult.Uncovered())
                : new Course.Enter(own);
    }

    private @Nullable Row own(List<Row> related) {
        return related.stream()
                .filter(row -> row.key.equals(request.key()))
                .findFirst()
                .orElse(null);
    }

    private @Nullable Course courseOfKey(@Nullable Row own, List<Row> related) {
        for (Row row : related)
            if (isHeldByThisClaim(row))
                return new Course.Answer(
                        row.state == PaymentState.CLAIMED
                                ? new ClaimResult.Claimed(row.claim())
                                : new ClaimResult.Owed(row.claim(), row.receipt()));
        if (own != null && own.state == PaymentState.SETTLED && isInGrace(own)) return new Course.Run(own);
        ClaimResult known = own == null ? null : answerFor(own);
        if (known == null) known = answerForRun(related);
        return known == null ? null : new Course.Answer(known);
    }

    /** It was made before, and its answer was lost. */
    private boolean isHeldByThisClaim(Row row) {
        if (!row.owner.equals(request.owner()) || row.lapsed(request.now())) return false;
        return row.state == PaymentState.CLAIMED
                ? row.key.equals(request.key())
                : row.isRunning() && request.key().equals(row.runKey);
    }

    private @Nullable Course courseOfIdentifier() throws SQLException {
        IdentifierTable.Named named = IdentifierTable.find(session, request);
        if (named == null) return null;
        if (!request.sameRequest(named.requestDigest(), named.bodyDigest(), false))
            return new Course.Answer(new ClaimResult.IdentifierTaken());
        Row row = session.find(named.paymentKey());
        if (row == null || !row.payer.equals(request.payer())) return null;
        if (row.runIsDue(request.now())) return new Course.Run(row);
        ClaimResult known = answerForSame(row);
        return known == null ? null : new Course.Answer(known);
    }

    /** What the same request is answered, sent with another payment; null if the first one came to nothing. */
    private @Nullable ClaimResult answerForSame(Row row) {
        return switch (row.state) {
            case SETTLING -> new ClaimResult.InFlight();
            case CLAIMED -> row.lapsed(request.now()) ? null : new ClaimResult.InFlight();
            case UNKNOWN -> new ClaimResult.InDoubt();
            case SETTLED ->
                row.isRunning() && !row.lapsed(request.now()) ? new ClaimResult.InFlight() : alreadyPaid(row);
            case REVERSED, REFUND_DUE, REFUNDED -> alreadyPaid(row);
            case RELEASED, FAILED, EXPIRED -> null;
        };
    }

    private @Nullable ClaimResult answerFor(Row own) {
        return switch (own.state) {
            case SETTLING -> new ClaimResult.InFlight();
            case UNKNOWN -> new ClaimResult.InDoubt();
            case SETTLED, REVERSED, REFUND_DUE, REFUNDED -> alreadyPaid(own);
            case EXPIRED -> new ClaimResult.Spent();
            case CLAIMED -> own.lapsed(request.now()) ? answerForFree(own) : new ClaimResult.InFlight();
            case RELEASED, FAILED -> answerForFree(own);
        };
    }

    private @Nullable ClaimResult answerForFree(Row own) {
        return releases(own) >= request.maxReleases() ? new ClaimResult.Spent() : null;
    }

    /** A claim that lapsed counts as given back. */
    private static int releases(Row own) {
        return own.state == PaymentState.CLAIMED ? own.releases + 1 : own.releases;
    }

    private boolean isInGrace(Row own) {
        return own.runIsDue(request.now())
                && request.sameRequest(own.requestDigest, own.bodyDigest, true)
                && Objects.requireNonNull(own.settledAt) >= Millis.of(request.graceFrom());
    }

    /** This payment was used to fetch what was owed for another one: it buys nothing more. */
    private @Nullable ClaimResult answerForRun(List<Row> related) {
        for (Row row : related) {
            if (!request.key().equals(row.runKey)) continue;
            if (row.delivery == DeliveryState.COMPLETE) return alreadyPaid(row);
            if (row.delivery == DeliveryState.RUNNING && !row.lapsed(request.now())) return new ClaimResult.InFlight();
        }
        return null;
    }

    private static ClaimResult alreadyPaid(Row row) {
        return new ClaimResult.AlreadyPaid(row.receipt());
    }

    private boolean isDoubt(Row row) {
        return row.payer.equals(request.payer())
                && (row.state == PaymentState.UNKNOWN || isSlowSettlement(row))
                && request.sameRequest(row.requestDigest, row.bodyDigest, false);
    }

    private boolean isSlowSettlement(Row row) {
        if (row.state != PaymentState.SETTLING) return false;
        boolean old = row.settlingSince != null && row.settlingSince < Millis.of(request.doubtFrom());
        return old || row.lapsed(request.now());
    }

    private boolean isOwedToUs(Row row) {
        return row.runIsDue(request.now())
                && row.payer.equals(request.payer())
                && row.routeId.equals(request.routeId())
                && row.network.equals(request.network())
                && row.asset.equals(request.asset())
                && row.amount.compareTo(request.amount()) >= 0;
    }

    private ClaimResult run(Row row) throws SQLException {
        row.delivery = DeliveryState.RUNNING;
        row.runKey = request.key();
        row.hold(request.owner(), request.leaseUntil(), request.now());
        session.save(row);
        IdentifierTable.name(session, request, row.key);
        return new ClaimResult.Owed(row.claim(), row.receipt());
    }

    private ClaimResult enter(@Nullable Row own) throws SQLException {
        IdentifierTable.name(session, request, request.key());
        if (own == null) {
            Row row = Row.entered(newId(), request);
            session.insert(row);
            return new ClaimResult.Claimed(row.claim());
        }
        own.releases = releases(own);
        own.fill(request);
        session.save(own);
        return new ClaimResult.Claimed(own.claim());
    }

    /** A UUID of version 7 (RFC 9562): ids of one time lie together in their index, so that few of its pages are written anew. */
    private String newId() {
        UUID random = UUID.randomUUID();
        long high = Millis.of(request.now()) << 16 | 0x7000 | random.getMostSignificantBits() & 0x0fff;
        return new UUID(high, random.getLeastSignificantBits()).toString();
    }
}
