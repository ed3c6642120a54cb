package io.farebox.ledger;

import io.farebox.gate.BookUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of the book. It takes all operations that wait, runs them in order in one transaction, commits once, and only
 * then answers their callers: while one commit is on its way to the disk, the next ones gather.
 */
final class GroupCommit implements AutoCloseable {
    /** After so long without an operation, what the database wrote by itself is forced to the disk. */
    static final Duration IDLE = Duration.ofSeconds(1);

    private static final int LARGEST_BATCH = 256;

    /** Where connections come from, and what makes a commit safe from a loss of power. */
    interface Disk {
        /** A connection of one's own, without auto-commit. */
        Connection connect() throws SQLException;

        /** Returns once everything that was committed is on the disk; called by the connection's thread. */
        void force(Connection connection) throws SQLException;
    }

    private final Disk disk;
    private final Duration patience;
    private final BlockingQueue<Pending<?>> queue;
    private final Pending<Boolean> stop = new Pending<>(session -> true);
    private final ReentrantLock door = new ReentrantLock();
    private final Thread writer;
    private boolean closed; // under the door's lock
    private @Nullable BookSession session; // the writer's alone
    private boolean unforced; // the writer's alone

    GroupCommit(Disk disk, int capacity, Duration patience) {
        this.disk = disk;
        this.patience = patience;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.writer = Thread.ofPlatform().name("farebox-book-writer").daemon().unstarted(this::write);
    }

    void start() {
        writer.start();
    }

    /**
     * Runs an operation and returns when it is durable.
     *
     * @throws BookUnavailableException if it failed, or if it is not certain whether it was written
     */
    <T> T call(Pending.Work<T> work) {
        Pending<T> mine = new Pending<>(work);
        enqueue(mine);
        return mine.await(patience);
    }

    /** How many operations wait for their turn. */
    int waiting() {
        return queue.size();
    }

    private void enqueue(Pending<?> pending) {
        door.lock();
        try {
            if (closed) throw new BookUnavailableException("the book is closed; nothing was written", null);
            if (!queue.offer(pending))
                throw new BookUnavailableException(
                        "too many operations wait for the book; nothing was written. Is its disk or database slow?",
                        null);
        } finally {
            door.unlock();
        }
    }

    private void write() {
        List<Pending<?>> batch = new ArrayList<>();
        boolean more = true;
        while (more) {
            batch.clear();
            batch.add(next());
            queue.drainTo(batch, LARGEST_BATCH - 1);
            more = !batch.remove(stop);
            batch.removeIf(pending -> !pending.take());
            if (!batch.isEmpty()) commit(batch);
        }
        forgetConnection();
    }

    private Pending<?> next() {
        while (true) {
            try {
                Pending<?> next = queue.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
                if (next != null) return next;
                idle();
            } catch (InterruptedException ignored) {
                // Nobody but a container that stops threads does this; the book ends with close().
            }
        }
    }

    private void idle() {
        try {
            if (session != null) disk.force(session.connection());
        } catch (SQLException | RuntimeException e) {
            forgetConnection();
        }
    }

    private void commit(List<Pending<?>> batch) {
        List<Pending<?>> ran = new ArrayList<>(batch.size());
        try {
            BookSession open = openSession();
            for (Pending<?> pending : batch) if (runsIn(open, pending)) ran.add(pending);
            open.connection().commit();
            unforced |= open.takeChanged();
            if (unforced) disk.force(open.connection());
            unforced = false;
            ran.forEach(Pending::complete);
        } catch (SQLException | RuntimeException | Error e) {
            // An Error too: there is one writer, and it must outlive whatever one batch did to it.
            // Whether the commit was made cannot be told from here: no caller may take it for done or for undone.
            forgetConnection();
            BookUnavailableException why = new BookUnavailableException(
                    "the book could not be written; it is not known whether this was written", e);
            batch.forEach(pending -> pending.fail(why));
        }
    }

    /** Runs one operation so that its failure leaves the others of the transaction as they are. */
    private static boolean runsIn(BookSession open, Pending<?> pending) throws SQLException {
        Savepoint before = open.connection().setSavepoint();
        try {
            pending.run(open);
            open.connection().releaseSavepoint(before);
            return true;
        } catch (SQLException | RuntimeException e) {
            open.connection().rollback(before);
            pending.fail(new BookUnavailableException("the book refused an operation; nothing was written", e));
            return false;
        }
    }

    private BookSession openSession() throws SQLException {
        BookSession open = session;
        if (open == null) {
            open = new BookSession(disk.connect());
            session = open;
        }
        return open;
    }

    private void forgetConnection() {
        BookSession old = session;
        session = null;
        if (old == null) return;
        try (old) {
            old.connection().rollback();
        } catch (SQLException ignored) {
            // It was broken already; what counts was told to the callers.
        }
    }

    /** Writes what waits, then ends the writer. */
    @Override
    public void close() {
        door.lock();
        try {
            if (closed) return;
            closed = true;
        } finally {
            door.unlock();
        }
        boolean interrupted = false;
        boolean stopping = false;
        while (true) {
            try {
                if (!stopping) queue.put(stop);
                stopping = true;
                writer.join(patience.plusSeconds(5));
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
