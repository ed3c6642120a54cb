package io.farebox.ledger;

import io.farebox.gate.BookUnavailableException;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Operations that share a transaction. They are run without savepoints, which would cost more than the operations; if one is
 * refused, all are undone and run once more with a savepoint each, so that it leaves the others alone.
 */
final class Batch {
    /** What may be used up of the callers' patience before what is done is committed. Others wait behind them. */
    private static final Duration LONG = Duration.ofMillis(800);

    private final Disk disk;
    private final List<Pending<?>> operations;
    private final List<Pending<?>> ran = new ArrayList<>();
    private long begun;

    Batch(Disk disk, List<Pending<?>> operations) {
        this.disk = disk;
        this.operations = operations;
    }

    /** Those that change one row each go first: they share two journeys to the database, one to read and one to write. */
    private List<Pending<?>> inOrder() {
        List<Pending<?>> order = new ArrayList<>(operations);
        order.sort(Comparator.comparing(pending -> pending.touched().row() == null));
        return order;
    }

    /**
     * Runs the operations, but for the commit: those whose callers are still there, and as many as there is time for. Those that
     * are refused are told so.
     *
     * @return those that are to be committed
     * @throws SQLException if the transaction is lost
     */
    List<Pending<?>> run(BookSession session) throws SQLException {
        try {
            begin(session);
            session.readAhead(operations.stream()
                    .map(pending -> pending.touched().row())
                    .filter(Objects::nonNull)
                    .toArray());
            for (Pending<?> pending : inOrder()) {
                if (!isItsTurn(pending)) continue;
                ran.add(pending);
                pending.run(session);
            }
            session.writeNow();
            return ran;
        } catch (SQLException | RuntimeException e) {
            rethrowUnlessRefused(e);
        }
        session.undo();
        begin(session);
        return runOneByOne(session);
    }

    private void begin(BookSession session) throws SQLException {
        List<String> names = new ArrayList<>();
        for (Pending<?> pending : operations) names.addAll(pending.touched().names());
        session.begin();
        disk.begin(session, names);
        begun = System.nanoTime();
    }

    private boolean isItsTurn(Pending<?> pending) {
        return (ran.isEmpty() || System.nanoTime() - begun < LONG.toNanos()) && pending.take();
    }

    private List<Pending<?>> runOneByOne(BookSession session) throws SQLException {
        List<Pending<?>> tried = List.copyOf(ran);
        ran.clear();
        for (Pending<?> pending : tried) {
            if (!isItsTurn(pending)) continue;
            Savepoint before = session.connection().setSavepoint();
            try {
                pending.run(session);
                session.writeNow();
                session.connection().releaseSavepoint(before);
                ran.add(pending);
            } catch (SQLException | RuntimeException e) {
                rethrowUnlessRefused(e);
                session.forget();
                session.connection().rollback(before);
                pending.fail(new BookUnavailableException("the book refused an operation; nothing was written", e));
            }
        }
        return ran;
    }

    private void rethrowUnlessRefused(Exception failure) throws SQLException {
        if (disk.judge(failure) == Disk.Trouble.OPERATION) return;
        if (failure instanceof SQLException lost) throw lost;
        throw (RuntimeException) failure;
    }
}
