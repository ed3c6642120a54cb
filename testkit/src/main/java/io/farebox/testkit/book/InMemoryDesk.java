package io.farebox.testkit.book;

import static io.farebox.gate.PaymentState.FAILED;
import static io.farebox.gate.PaymentState.REFUNDED;
import static io.farebox.gate.PaymentState.REFUND_DUE;
import static io.farebox.gate.PaymentState.REVERSED;
import static io.farebox.gate.PaymentState.SETTLED;
import static io.farebox.gate.PaymentState.UNKNOWN;

import io.farebox.gate.BookDesk;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.DeskAct;
import io.farebox.gate.DeskCursor;
import io.farebox.gate.DeskEntry;
import io.farebox.gate.DeskQuery;
import io.farebox.gate.DeskResult;
import io.farebox.gate.DeskResult.Why;
import io.farebox.gate.Erasure;
import io.farebox.gate.ErasureResult;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PaymentState;
import io.farebox.gate.Retention;
import io.farebox.gate.Shelf;
import io.farebox.gate.Tally;
import io.farebox.x402.SettleResponse;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The desk of the book in memory. */
final class InMemoryDesk implements BookDesk {
    private static final Comparator<PaymentRecord> ORDER = Comparator.comparing(PaymentRecord::createdAt)
            .thenComparing(row -> row.claim().paymentId());

    /** The book's lock, and its faults. */
    interface Call {
        <T> T call(Supplier<T> work);
    }

    private final Map<String, Row> rows;
    private final Call book;
    private final InMemoryWatchlist watchlist;
    private final Map<String, List<DeskEntry>> entries = new HashMap<>();

    InMemoryDesk(Map<String, Row> rows, Call book) {
        this.rows = rows;
        this.book = book;
        this.watchlist = new InMemoryWatchlist(rows, book);
    }

    @Override
    public List<PaymentRecord> list(DeskQuery query) {
        return book.call(() -> on(query.shelf()).stream()
                .filter(row -> !row.createdAt().isBefore(query.from())
                        && row.createdAt().isBefore(query.until()))
                .filter(row -> isAfter(row, query.after()))
                .limit(query.limit())
                .toList());
    }

    private static boolean isAfter(PaymentRecord row, @Nullable DeskCursor last) {
        if (last == null) return true;
        int later = row.createdAt().compareTo(last.createdAt());
        return later > 0 || (later == 0 && row.claim().paymentId().compareTo(last.paymentId()) > 0);
    }

    private List<PaymentRecord> on(Shelf shelf) {
        return rows.values().stream()
                .map(Row::toRecord)
                .filter(row -> Shelf.of(row.state(), row.delivery()) == shelf)
                .sorted(ORDER)
                .toList();
    }

    @Override
    public Optional<PaymentRecord> byId(String paymentId) {
        return book.call(() -> Optional.ofNullable(find(paymentId)).map(Row::toRecord));
    }

    private @Nullable Row find(String id) {
        return rows.values().stream()
                .filter(row -> row.id.equals(id))
                .findFirst()
                .orElse(null);
    }

    @Override
    public List<Tally> tallies() {
        return book.call(() -> {
            List<Tally> all = new ArrayList<>();
            for (Shelf shelf : Shelf.values()) if (shelf.isOpen()) tally(shelf, on(shelf), all);
            return all;
        });
    }

    private static void tally(Shelf shelf, List<PaymentRecord> found, List<Tally> all) {
        Map<List<String>, Tally> byAsset = new TreeMap<>(
                Comparator.<List<String>, String>comparing(List::getFirst).thenComparing(List::getLast));
        boolean more = found.size() > MOST_COUNTED;
        found.stream()
                .limit(MOST_COUNTED + 1L)
                .map(row -> new Tally(shelf, row.network(), row.asset(), 1, row.amount(), row.createdAt(), more))
                .forEach(one -> byAsset.merge(List.of(one.network().caip2(), one.asset()), one, InMemoryDesk::sum));
        all.addAll(byAsset.values());
    }

    private static Tally sum(Tally a, Tally b) {
        BigInteger amount = a.amount().add(b.amount());
        Instant oldest = a.oldest().isBefore(b.oldest()) ? a.oldest() : b.oldest();
        return new Tally(a.shelf(), a.network(), a.asset(), a.count() + b.count(), amount, oldest, a.more());
    }

    @Override
    public InMemoryWatchlist watchlist() {
        return watchlist;
    }

    @Override
    public DeskResult act(DeskAct act) {
        return book.call(() -> {
            Row row = find(act.paymentId());
            if (row == null) return new DeskResult.NotFound();
            String before = row.state + "/" + row.delivery;
            Answer answer = take(row, act);
            return switch (answer) {
                case Answer.No(Why why) -> new DeskResult.Refused(why, row.toRecord());
                case Answer.Before before0 -> new DeskResult.Already(row.toRecord());
                case Answer.Yes yes -> {
                    row.owner = act.by();
                    row.hold(act.now(), act.now());
                    entries.computeIfAbsent(row.id, id -> new ArrayList<>()).add(entry(row, act, before));
                    yield new DeskResult.Done(row.toRecord());
                }
            };
        });
    }

    private sealed interface Answer {
        record Yes() implements Answer {}

        record Before() implements Answer {}

        record No(Why why) implements Answer {}
    }

    private static DeskEntry entry(Row row, DeskAct act, String before) {
        return new DeskEntry(
                Row.millis(act.now()),
                act.by(),
                act.change().name(),
                before,
                row.state + "/" + row.delivery,
                act.proven() ? "chain" : "operator",
                act.change().reference(),
                act.note());
    }

    private Answer take(Row row, DeskAct act) {
        return switch (act.change()) {
            case DeskAct.Charged charged -> charge(row, act, charged);
            case DeskAct.NotCharged no -> fail(row, act);
            case DeskAct.RefundDue due ->
                move(row, REFUND_DUE, row.state == SETTLED && row.delivery == DeliveryState.OWED);
            case DeskAct.Refunded(String transaction) ->
                row.state == REFUNDED && !transaction.equals(lastReference(row))
                        ? new Answer.No(Why.OTHER_TRANSACTION)
                        : move(row, REFUNDED, row.state == REFUND_DUE);
            case DeskAct.Reversed reversed -> move(row, REVERSED, row.state == SETTLED || row.state == REFUND_DUE);
        };
    }

    private Answer charge(Row row, DeskAct act, DeskAct.Charged charged) {
        if (row.state == SETTLED)
            return row.standsOn(row, charged.transaction())
                    ? new Answer.Before()
                    : new Answer.No(Why.OTHER_TRANSACTION);
        if (row.state != UNKNOWN) return new Answer.No(Why.WRONG_STATE);
        boolean shared =
                rows.values().stream().anyMatch(other -> other != row && other.standsOn(row, charged.transaction()));
        if (shared && !act.proven()) return new Answer.No(Why.DUPLICATE_TRANSACTION);
        row.state = SETTLED;
        row.delivery = DeliveryState.OWED;
        row.receipt = new SettleResponse(true, null, row.request.payer(), charged.transaction(), row.request.network());
        row.settledAt = Row.millis(act.now());
        row.owedUntil = Row.millis(charged.owedUntil());
        row.payload = null;
        row.reason = null;
        watchlist.add(row);
        return new Answer.Yes();
    }

    private static Answer fail(Row row, DeskAct act) {
        if (row.state == FAILED) return new Answer.Before();
        if (row.state != UNKNOWN) return new Answer.No(Why.WRONG_STATE);
        boolean over = !Row.millis(row.request.validBefore()).isAfter(Row.millis(act.windowsOver()));
        if (!act.proven() && !over) return new Answer.No(Why.WINDOW_OPEN);
        row.state = FAILED;
        row.reason = "operator_not_charged";
        row.payload = null;
        row.releases++;
        return new Answer.Yes();
    }

    private static Answer move(Row row, PaymentState to, boolean allowed) {
        if (row.state == to) return new Answer.Before();
        if (!allowed) return new Answer.No(Why.WRONG_STATE);
        row.state = to;
        return new Answer.Yes();
    }

    private @Nullable String lastReference(Row row) {
        List<DeskEntry> all = entries.getOrDefault(row.id, List.of());
        return all.isEmpty() ? null : all.getLast().reference();
    }

    @Override
    public List<DeskEntry> entries(String paymentId) {
        return book.call(() -> List.copyOf(entries.getOrDefault(paymentId, List.of())));
    }

    @Override
    public int forget(Retention retention, int limit) {
        return book.call(() -> {
            List<String> old = new ArrayList<>();
            for (Shelf shelf : Shelf.values())
                for (PaymentRecord row : on(shelf))
                    if (isOld(shelf, row, retention)) old.add(row.claim().key());
            List<String> gone = old.stream().limit(limit).toList();
            gone.forEach(rows::remove);
            return gone.size();
        });
    }

    private static boolean isOld(Shelf shelf, PaymentRecord row, Retention retention) {
        Instant before = switch (shelf) {
            case UNPAID -> retention.unpaidBefore();
            case PAID, REVERSED -> retention.paidBefore();
            case UNKNOWN, OWED, REFUND_DUE -> Instant.MIN;
        };
        return row.updatedAt().isBefore(before) && !row.validBefore().isAfter(retention.windowsOver());
    }

    @Override
    public ErasureResult erase(Erasure erasure) {
        return book.call(() -> {
            List<Row> all = rows.values().stream()
                    .filter(row -> row.request.payer().equals(erasure.payer()))
                    .toList();
            if (all.stream().anyMatch(InMemoryDesk::isOpen)) return new ErasureResult.StillOpen();
            List<Row> old = all.stream()
                    .filter(row -> row.updatedAt.isBefore(erasure.restingSince())
                            && row.request.validBefore().isBefore(erasure.restingSince()))
                    .limit(erasure.limit())
                    .toList();
            old.forEach(row -> rename(row, erasure));
            return new ErasureResult.Erased(old.size(), old.size() < erasure.limit() && all.size() > old.size());
        });
    }

    private static boolean isOpen(Row row) {
        Shelf shelf = Shelf.of(row.state, row.delivery);
        return shelf == null || (shelf.isOpen() && shelf != Shelf.REVERSED);
    }

    private void rename(Row row, Erasure erasure) {
        rows.remove(row.request.key());
        row.rename(erasure.pseudonym());
        rows.put(row.request.key(), row);
    }
}
