package io.farebox.ledger;

import io.farebox.gate.PaymentRecord;
import io.farebox.gate.Watchlist;
import io.farebox.x402.Network;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** The list of a book on a database. */
final class JdbcWatchlist implements Watchlist {
    private final GroupCommit writer;
    private final AtomicReference<Set<Network>> watched = new AtomicReference<>(Set.of());

    JdbcWatchlist(GroupCommit writer) {
        this.writer = writer;
    }

    @Override
    public void watch(Set<Network> networks) {
        watched.set(Set.copyOf(networks));
    }

    Set<Network> watched() {
        return watched.get();
    }

    @Override
    public List<PaymentRecord> takeDue(Set<Network> networks, Instant until, Instant now, int limit) {
        List<PaymentRecord> taken = new ArrayList<>();
        for (Network network : networks) taken.addAll(takeDue(network, until, now, limit));
        return taken;
    }

    private List<PaymentRecord> takeDue(Network network, Instant until, Instant now, int limit) {
        return writer.call(
                Touched.NOTHING,
                session -> WatchTable.takeDue(session, network, Millis.of(until), Millis.of(now), limit).stream()
                        .map(Row::toRecord)
                        .toList());
    }

    @Override
    public void postpone(Map<String, Instant> next) {
        if (next.isEmpty()) return;
        Map<String, Long> moved = new HashMap<>();
        next.forEach((key, at) -> moved.put(key, Millis.of(at)));
        writer.call(Touched.NOTHING, session -> {
            WatchTable.postpone(session, moved);
            return true;
        });
    }

    @Override
    public void drop(Collection<String> keys) {
        if (keys.isEmpty()) return;
        List<String> gone = List.copyOf(keys);
        writer.call(Touched.NOTHING, session -> {
            WatchTable.delete(session, gone);
            return true;
        });
    }
}
