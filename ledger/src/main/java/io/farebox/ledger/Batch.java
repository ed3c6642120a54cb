package io.farebox.ledger;

import io.farebox.gate.BookUnavailableException;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Operations that share a transaction. They are run without savepoints, which would cost more than the operations; if one is
 * refused, all are undone and run once more with a savepoint each, so that it leaves the others alone.
 */
final class Batch {
    private final Disk disk;
    private final List<Pending<?>> operations;

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
     * Runs the operations, but for the commit. Those that are refused are told so.
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
            for (Pending<?> pending : inOrder()) pending.run(session);
            session.writeNow();
            return operations;
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
        disk.begin(session, names);
    }

    private List<Pending<?>> runOneByOne(BookSession session) throws SQLException {
        List<Pending<?>> ran = new ArrayList<>(operations.size());
        for (Pending<?> pending : operations) {
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
