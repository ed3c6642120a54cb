package io.farebox.testkit.book;

import io.farebox.gate.PaymentRecord;
import io.farebox.gate.PaymentState;
import io.farebox.gate.Watchlist;
import io.farebox.x402.Network;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The watchlist of the book in memory. */
final class InMemoryWatchlist implements Watchlist {
    private final Map<String, Row> rows;
    private final InMemoryDesk.Call book;
    private final Map<String, Watched> list = new HashMap<>();
    private Set<Network> networks = Set.of();

    private record Watched(Network network, Instant lookAt) {}

    InMemoryWatchlist(Map<String, Row> rows, InMemoryDesk.Call book) {
        this.rows = rows;
        this.book = book;
    }

    /** Only under the book's lock. */
    void add(Row row) {
        Network network = row.request.network();
        if (!networks.contains(network)) return;
        list.put(
                row.request.key(),
                new Watched(network, Objects.requireNonNull(row.settledAt).plus(FIRST)));
    }

    @Override
    public void watch(Set<Network> watched) {
        book.call(() -> this.networks = Set.copyOf(watched));
    }

    @Override
    public List<PaymentRecord> takeDue(Set<Network> of, Instant until, Instant now, int limit) {
        return book.call(() -> of.stream()
                .flatMap(network -> takeDue(network, until, now, limit).stream())
                .toList());
    }

    private List<PaymentRecord> takeDue(Network network, Instant until, Instant now, int limit) {
        List<String> due = list.entrySet().stream()
                .filter(each -> each.getValue().network().equals(network))
                .filter(each -> !each.getValue().lookAt().isAfter(Row.millis(now)))
                .sorted(Map.Entry.comparingByValue(Comparator.comparing(Watched::lookAt)))
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList();
        list.keySet()
                .removeAll(due.stream().filter(Predicate.not(this::isCharged)).toList());
        return due.stream()
                .filter(this::isCharged)
                .map(key -> moved(key, until))
                .toList();
    }

    private boolean isCharged(String key) {
        @Nullable Row row = rows.get(key);
        return row != null && (row.state == PaymentState.SETTLED || row.state == PaymentState.REFUND_DUE);
    }

    private PaymentRecord moved(String key, Instant until) {
        move(key, until);
        return Objects.requireNonNull(rows.get(key)).toRecord();
    }

    private void move(String key, Instant to) {
        list.computeIfPresent(key, (same, old) -> new Watched(old.network(), Row.millis(to)));
    }

    @Override
    public void postpone(Map<String, Instant> next) {
        book.call(() -> {
            next.forEach(this::move);
            return true;
        });
    }

    @Override
    public void drop(Collection<String> keys) {
        book.call(() -> list.keySet().removeAll(keys));
    }
}
