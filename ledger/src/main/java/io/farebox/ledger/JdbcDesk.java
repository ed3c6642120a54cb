package io.farebox.ledger;

import io.farebox.gate.BookDesk;
import io.farebox.gate.DeskAct;
import io.farebox.gate.DeskEntry;
import io.farebox.gate.DeskQuery;
import io.farebox.gate.DeskResult;
import io.farebox.gate.Erasure;
import io.farebox.gate.ErasureResult;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.Retention;
import io.farebox.gate.Tally;
import io.farebox.gate.Watchlist;
import java.util.List;
import java.util.Optional;

/** The desk of a book on a database: it reads beside the writer and writes through it, as requests do. */
final class JdbcDesk implements BookDesk {
    private final GroupCommit writer;
    private final BookReaders readers;
    private final JdbcWatchlist watchlist;

    JdbcDesk(GroupCommit writer, BookReaders readers, JdbcWatchlist watchlist) {
        this.writer = writer;
        this.readers = readers;
        this.watchlist = watchlist;
    }

    @Override
    public List<PaymentRecord> list(DeskQuery query) {
        return readers.call(session -> ShelfTable.list(session, query));
    }

    @Override
    public Optional<PaymentRecord> byId(String paymentId) {
        return readers.call(session ->
                Optional.ofNullable(ShelfTable.byId(session, paymentId)).map(Row::toRecord));
    }

    @Override
    public List<Tally> tallies() {
        return readers.call(ShelfTable::tallies);
    }

    @Override
    public DeskResult act(DeskAct act) {
        String reference = act.change().reference();
        Touched touched = reference == null ? Touched.NOTHING : Touched.transaction(reference);
        return writer.call(touched, session -> Acting.act(session, act, watchlist.watched()));
    }

    @Override
    public List<DeskEntry> entries(String paymentId) {
        return readers.call(session -> ActionTable.of(session, paymentId));
    }

    @Override
    public int forget(Retention retention, int limit) {
        return writer.call(Touched.housekeeping(), session -> Clearing.forget(session, retention, limit));
    }

    @Override
    public Watchlist watchlist() {
        return watchlist;
    }

    @Override
    public ErasureResult erase(Erasure erasure) {
        return writer.call(Touched.housekeeping(), session -> Clearing.erase(session, erasure));
    }
}
