package io.farebox.testkit.book;

import static io.farebox.gate.PaymentState.CLAIMED;
import static io.farebox.gate.PaymentState.EXPIRED;
import static io.farebox.gate.PaymentState.FAILED;
import static io.farebox.gate.PaymentState.REFUND_DUE;
import static io.farebox.gate.PaymentState.RELEASED;
import static io.farebox.gate.PaymentState.SETTLED;
import static io.farebox.gate.PaymentState.SETTLING;
import static io.farebox.gate.PaymentState.UNKNOWN;

import io.farebox.gate.Book;
import io.farebox.gate.BookDesk;
import io.farebox.gate.BookUnavailableException;
import io.farebox.gate.Claim;
import io.farebox.gate.ClaimRequest;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PaymentState;
import io.farebox.gate.PriceVersion;
import io.farebox.gate.PriceVersions;
import io.farebox.gate.SettledResult;
import io.farebox.x402.SettleResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The book as a plain map under one lock: the model that says what every other book must answer. For tests only: it forgets
 * everything at exit and searches all rows. It can be told to fail.
 */
public final class InMemoryBook implements Book, PriceVersions {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<List<String>, Published> versions =
            new TreeMap<>(Comparator.<List<String>, String>comparing(List::getFirst)
                    .reversed()
                    .thenComparing(List::getLast));
    private final InMemoryClaims claims = new InMemoryClaims(rows);
    private final Map<String, Refusals> refusals = new HashMap<>();
    private final InMemoryDesk desk = new InMemoryDesk(rows, this::call);
    private int failures;
    private int lostAnswers;

    /** The next {@code n} calls change nothing and throw. */
    public void failNext(int n) {
        locked(() -> this.failures = n);
    }

    /** The next {@code n} calls do their work and throw all the same, as when the answer of a database is lost. */
    public void loseAnswers(int n) {
        locked(() -> this.lostAnswers = n);
    }

    /** As if no payment of anybody had ever been refused. Never fails. */
    public void forgetRefusals() {
        locked(() -> {
            refusals.clear();
            return true;
        });
    }

    /** All rows, in the order in which they were first claimed. Never fails. */
    public List<PaymentRecord> all() {
        return locked(() -> rows.values().stream().map(Row::toRecord).toList());
    }

    /** Who tells whether a balance covers one more draw beside these rows; asked under the lock. */
    void coveredBy(BiPredicate<ClaimRequest, Collection<Row>> balances) {
        claims.coveredBy(balances);
    }

    /** What people do with this book. */
    public BookDesk desk() {
        return desk;
    }

    @Override
    public ClaimResult claim(ClaimRequest request) {
        return call(() -> claims.claim(request));
    }

    @Override
    public boolean renew(Claim claim, Instant until, Instant now) {
        return change(claim, EnumSet.of(CLAIMED, SETTLING, UNKNOWN, SETTLED), now, row -> {
            if (row.state == SETTLED && row.delivery != DeliveryState.RUNNING) return false;
            row.leaseUntil = Row.millis(until);
            return true;
        });
    }

    @Override
    public boolean settling(Claim claim, String facilitator, Instant until, Instant now) {
        return change(claim, EnumSet.of(CLAIMED, SETTLING), now, row -> {
            row.settlingSince = row.state == SETTLING ? row.settlingSince : Row.millis(now);
            row.state = SETTLING;
            row.facilitator = facilitator;
            row.leaseUntil = Row.millis(until);
            return true;
        });
    }

    @Override
    public SettledResult settled(
            Claim claim, SettleResponse receipt, DeliveryState delivery, Instant owedUntil, Instant now) {
        return settle(claim, receipt, delivery, owedUntil, now, false);
    }

    @Override
    public SettledResult settledOnChain(
            Claim claim, SettleResponse receipt, DeliveryState delivery, Instant owedUntil, Instant now) {
        return settle(claim, receipt, delivery, owedUntil, now, true);
    }

    private SettledResult settle(
            Claim claim,
            SettleResponse receipt,
            DeliveryState delivery,
            Instant owedUntil,
            Instant now,
            boolean proven) {
        if (!receipt.success()) throw new IllegalArgumentException("the receipt does not say that it is settled");
        if (delivery != DeliveryState.RUNNING && delivery != DeliveryState.OWED)
            throw new IllegalArgumentException("a settled payment is RUNNING or OWED, not " + delivery);
        return call(() -> {
            Row row = held(claim, EnumSet.of(SETTLING, UNKNOWN, SETTLED));
            if (row == null) return SettledResult.LOST;
            if (row.state == SETTLED)
                return row.standsOn(row, receipt.transaction()) ? SettledResult.RECORDED : SettledResult.LOST;
            if (!proven && isDuplicate(row, receipt.transaction())) return SettledResult.DUPLICATE_TRANSACTION;
            row.state = SETTLED;
            row.delivery = delivery;
            row.receipt = new SettleResponse(true, null, receipt.payer(), receipt.transaction(), row.request.network());
            row.settledAt = Row.millis(now);
            row.owedUntil = Row.millis(owedUntil);
            row.updatedAt = Row.millis(now);
            row.payload = null;
            row.reason = null;
            desk.watchlist().add(row);
            return SettledResult.RECORDED;
        });
    }

    private boolean isDuplicate(Row own, String transaction) {
        return !transaction.isEmpty()
                && rows.values().stream().anyMatch(row -> row != own && row.standsOn(own, transaction));
    }

    @Override
    public boolean unknown(Claim claim, String reason, Instant until, Instant now) {
        return change(claim, EnumSet.of(SETTLING, UNKNOWN), now, row -> {
            row.state = UNKNOWN;
            row.reason = reason;
            row.leaseUntil = Row.millis(until);
            return true;
        });
    }

    @Override
    public boolean failed(Claim claim, String reason, Instant now) {
        return change(claim, EnumSet.of(SETTLING, UNKNOWN, FAILED), now, row -> {
            if (row.state != FAILED) row.releases++;
            return end(row, FAILED, reason);
        });
    }

    @Override
    public boolean expired(Claim claim, Instant now) {
        return change(claim, EnumSet.of(CLAIMED, UNKNOWN, EXPIRED), now, row -> end(row, EXPIRED, row.reason));
    }

    @Override
    public boolean released(Claim claim, String reason, Instant now) {
        return change(claim, EnumSet.of(CLAIMED, RELEASED, SETTLED), now, row -> {
            if (row.state == SETTLED) return deliver(row, DeliveryState.OWED);
            if (row.state == CLAIMED) row.releases++;
            return end(row, RELEASED, reason);
        });
    }

    private static boolean end(Row row, PaymentState state, @Nullable String reason) {
        row.state = state;
        row.reason = reason;
        row.payload = null;
        return true;
    }

    @Override
    public boolean delivered(Claim claim, Instant now) {
        return change(claim, EnumSet.of(SETTLED), now, row -> deliver(row, DeliveryState.COMPLETE));
    }

    @Override
    public boolean owed(Claim claim, Instant now) {
        return change(claim, EnumSet.of(SETTLED), now, row -> deliver(row, DeliveryState.OWED));
    }

    private static boolean deliver(Row row, DeliveryState target) {
        if (row.delivery != DeliveryState.RUNNING && row.delivery != target) return false;
        row.delivery = target;
        return true;
    }

    @Override
    public Optional<PaymentRecord> find(String key) {
        return call(() -> Optional.ofNullable(rows.get(key)).map(Row::toRecord));
    }

    @Override
    public List<PaymentRecord> takeOver(String owner, Instant until, Instant now, int limit) {
        return call(() -> rows.values().stream()
                .filter(row -> row.lapsed(now) && (isOpen(row.state) || isRunning(row)))
                .sorted(Comparator.<Row, Instant>comparing(row -> row.leaseUntil)
                        .thenComparing(row -> row.request.key()))
                .limit(limit)
                .map(row -> takeOver(row, owner, until, now))
                .toList());
    }

    private static boolean isOpen(PaymentState state) {
        return state == CLAIMED || state == SETTLING || state == UNKNOWN;
    }

    private static boolean isRunning(Row row) {
        return row.state == SETTLED && row.delivery == DeliveryState.RUNNING;
    }

    private static PaymentRecord takeOver(Row row, String owner, Instant until, Instant now) {
        // Nobody living waits for this settlement any more: from now on it counts as in doubt, however young it is.
        if (row.state == SETTLING) row.settlingSince = Instant.EPOCH;
        row.owner = owner;
        row.hold(until, now);
        return row.toRecord();
    }

    @Override
    public int lapseOwed(Instant now) {
        return call(() -> {
            List<Row> due = rows.values().stream()
                    .filter(row -> row.state == SETTLED && row.delivery == DeliveryState.OWED)
                    .filter(row -> !row.runIsDue(now))
                    .toList();
            due.forEach(row -> {
                row.state = REFUND_DUE;
                row.updatedAt = Row.millis(now);
            });
            claims.forgetNames(now.minus(Duration.ofDays(1)));
            return due.size();
        });
    }

    @Override
    public void countRefusal(String payer, Instant now) {
        call(() -> refusals.merge(
                payer,
                new Refusals(1, now),
                (old, one) -> old.last().isAfter(now.minus(REFUSALS_KEPT)) ? new Refusals(old.count() + 1, now) : one));
    }

    @Override
    public Set<String> refusedPayers(int atLeast, Instant now) {
        return call(() -> refusals.entrySet().stream()
                .filter(each -> each.getValue().count() >= atLeast)
                .filter(each -> each.getValue().last().isAfter(now.minus(REFUSALS_KEPT)))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet()));
    }

    private record Refusals(int count, Instant last) {}

    private record Published(PriceVersion version, String prices) {}

    @Override
    public void publish(PriceVersion version, String prices) {
        call(() -> versions.put(
                List.of(version.id(), version.owner()), new Published(until(version, version.offeredUntil()), prices)));
    }

    @Override
    public boolean offered(String id, String owner, Instant until) {
        return call(() -> versions.computeIfPresent(
                        List.of(id, owner), (key, old) -> new Published(until(old.version(), until), old.prices()))
                != null);
    }

    private static PriceVersion until(PriceVersion version, Instant until) {
        return new PriceVersion(
                version.id(), version.owner(), version.digest(), Row.millis(until), version.payableFor());
    }

    @Override
    public List<PriceVersion> payable(Instant after) {
        return call(() -> versions.values().stream()
                .map(Published::version)
                .filter(version -> version.payableUntil().isAfter(Row.millis(after)))
                .toList());
    }

    @Override
    public Optional<String> prices(String digest) {
        return call(() -> versions.values().stream()
                .filter(published -> published.version().digest().equals(digest))
                .map(Published::prices)
                .findFirst());
    }

    @Override
    public int forget(Instant until) {
        return call(() -> {
            int before = versions.size();
            versions.values()
                    .removeIf(published -> !published.version().payableUntil().isAfter(Row.millis(until)));
            return before - versions.size();
        });
    }

    private boolean change(Claim claim, Set<PaymentState> from, Instant now, Predicate<Row> change) {
        return call(() -> {
            Row row = held(claim, from);
            if (row == null || !change.test(row)) return false;
            row.updatedAt = Row.millis(now);
            return true;
        });
    }

    private @Nullable Row held(Claim claim, Set<PaymentState> states) {
        Row row = rows.get(claim.key());
        if (row == null || !row.id.equals(claim.paymentId()) || row.fence != claim.fence()) return null;
        return states.contains(row.state) ? row : null;
    }

    private <T> T call(Supplier<T> work) {
        return locked(() -> {
            if (failures > 0) {
                failures--;
                throw new BookUnavailableException("the book was told to fail", null);
            }
            T answer = work.get();
            if (lostAnswers > 0) {
                lostAnswers--;
                throw new BookUnavailableException("the book was told to lose its answer", null);
            }
            return answer;
        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
