package io.farebox.testkit.book;

import static io.farebox.gate.PaymentState.CLAIMED;

import io.farebox.gate.Claim;
import io.farebox.gate.ClaimRequest;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** How the book in memory answers a claim. Only under the book's lock. */
final class InMemoryClaims {
    private final Map<String, Row> rows;
    private final Map<List<String>, Named> named = new HashMap<>();
    private BiPredicate<ClaimRequest, Collection<Row>> covered = (request, all) -> true;
    private int entered;

    /** @param key of the payment that stands for the request now */
    private record Named(String key, ClaimRequest by) {}

    /** @param rows the book's, by key */
    InMemoryClaims(Map<String, Row> rows) {
        this.rows = rows;
    }

    /** Who tells whether a balance covers one more draw beside these rows. */
    void coveredBy(BiPredicate<ClaimRequest, Collection<Row>> balances) {
        covered = balances;
    }

    ClaimResult claim(ClaimRequest request) {
        for (Row row : rows.values()) if (row.isHeldBy(request)) return again(row);
        Row own = rows.get(request.key());
        ClaimResult known = own == null ? null : answerFor(own, request);
        if (known == null) known = answerForRun(request);
        if (known != null) return known;
        if (rows.values().stream().anyMatch(row -> row.inDoubt(request))) return new ClaimResult.InDoubt();
        if (request.knownOnly()) return new ClaimResult.NotKnown();
        ClaimResult named = answerForIdentifier(request);
        if (named != null) return named;
        Optional<Row> owed = oldestOwed(request);
        if (owed.isPresent()) return run(owed.get(), request);
        if (request.isDraw() && !covered.test(request, rows.values())) return new ClaimResult.Uncovered();
        return enter(own, request);
    }

    /** Forgets what payers called their requests before. */
    void forgetNames(Instant before) {
        named.values().removeIf(each -> each.by().now().isBefore(before));
    }

    private @Nullable ClaimResult answerFor(Row row, ClaimRequest request) {
        return switch (row.state) {
            case SETTLING -> new ClaimResult.InFlight();
            case UNKNOWN -> new ClaimResult.InDoubt();
            case SETTLED -> inGrace(row, request) ? run(row, request) : alreadyPaid(row);
            case REVERSED, REFUND_DUE, REFUNDED -> alreadyPaid(row);
            case EXPIRED -> new ClaimResult.Spent();
            case CLAIMED -> row.lapsed(request.now()) ? answerForFree(row, request) : new ClaimResult.InFlight();
            case RELEASED, FAILED -> answerForFree(row, request);
        };
    }

    private static @Nullable ClaimResult answerForFree(Row row, ClaimRequest request) {
        return row.releasesSoFar() >= request.maxReleases() ? new ClaimResult.Spent() : null;
    }

    private static boolean inGrace(Row row, ClaimRequest request) {
        Instant settledAt = Objects.requireNonNull(row.settledAt);
        return row.runIsDue(request.now())
                && request.sameRequest(row.request.requestDigest(), row.request.bodyDigest(), true)
                && !settledAt.isBefore(Row.millis(request.graceFrom()));
    }

    /** This payment was used to fetch what was owed for another one: it buys nothing more. */
    private @Nullable ClaimResult answerForRun(ClaimRequest request) {
        for (Row row : rows.values()) {
            if (!request.key().equals(row.runKey) || row.delivery == DeliveryState.OWED) continue;
            if (row.delivery == DeliveryState.COMPLETE) return alreadyPaid(row);
            if (!row.lapsed(request.now())) return new ClaimResult.InFlight();
        }
        return null;
    }

    private @Nullable ClaimResult answerForIdentifier(ClaimRequest request) {
        Named first = named.get(name(request));
        if (first == null) return null;
        if (!request.sameRequest(first.by().requestDigest(), first.by().bodyDigest(), false))
            return new ClaimResult.IdentifierTaken();
        Row row = rows.get(first.key());
        if (row == null || !row.request.payer().equals(request.payer())) return null;
        return switch (row.state) {
            case SETTLING -> new ClaimResult.InFlight();
            case CLAIMED -> row.lapsed(request.now()) ? null : new ClaimResult.InFlight();
            case UNKNOWN -> new ClaimResult.InDoubt();
            case REVERSED, REFUND_DUE, REFUNDED -> alreadyPaid(row);
            case SETTLED -> {
                if (row.runIsDue(request.now())) yield run(row, request);
                yield row.delivery == DeliveryState.RUNNING && !row.lapsed(request.now())
                        ? new ClaimResult.InFlight()
                        : alreadyPaid(row);
            }
            case RELEASED, FAILED, EXPIRED -> null;
        };
    }

    /** The row that now stands for the payer's name of the request. */
    private void name(Row row, ClaimRequest request) {
        if (request.identifier() == null) return;
        named.put(name(request), new Named(row.request.key(), request));
    }

    private static List<String> name(ClaimRequest request) {
        return List.of(request.payer(), String.valueOf(request.identifier()));
    }

    private static ClaimResult alreadyPaid(Row row) {
        return new ClaimResult.AlreadyPaid(Objects.requireNonNull(row.receipt));
    }

    private Optional<Row> oldestOwed(ClaimRequest request) {
        return rows.values().stream()
                .filter(row -> row.owedTo(request))
                .min(Comparator.<Row, Instant>comparing(row -> Objects.requireNonNull(row.settledAt))
                        .thenComparing(row -> row.request.key()));
    }

    private static ClaimResult again(Row row) {
        return row.state == CLAIMED
                ? new ClaimResult.Claimed(row.claim())
                : new ClaimResult.Owed(row.claim(), Objects.requireNonNull(row.receipt));
    }

    private ClaimResult run(Row row, ClaimRequest request) {
        name(row, request);
        row.delivery = DeliveryState.RUNNING;
        row.runKey = request.key();
        row.owner = request.owner();
        Claim claim = row.hold(request.leaseUntil(), request.now());
        return new ClaimResult.Owed(claim, Objects.requireNonNull(row.receipt));
    }

    private ClaimResult enter(@Nullable Row own, ClaimRequest request) {
        if (own != null) {
            Claim again = own.claimAnew(request);
            name(own, request);
            return new ClaimResult.Claimed(again);
        }
        Row row = new Row("pay-" + ++entered, request);
        rows.put(request.key(), row);
        name(row, request);
        return new ClaimResult.Claimed(row.claim());
    }
}
