package io.farebox.ledger;

import io.farebox.gate.BookUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of the book. It takes all operations that wait, runs them in order in one transaction, commits once, and only
 * then answers their callers: while one commit is on its way to the disk, the next ones gather. A transaction that takes long
 * is committed with what it has done so far, before the patience of its callers ends; the rest goes on with the next.
 */
final class GroupCommit implements AutoCloseable {
    /** After so long without an operation, what the database wrote by itself is forced to the disk. */
    static final Duration IDLE = Duration.ofSeconds(1);

    private static final Duration BETWEEN_CONNECTS = Duration.ofMillis(500);
    private static final int LARGEST_BATCH = 256;

    private static final int CROWD = 8;

    /** How often a transaction is run that other processes get in the way of. */
    private static final int ATTEMPTS = 4;

    private final Disk disk;
    private final Duration patience;
    private final BlockingQueue<Pending<?>> queue;
    private final Pending<Boolean> stop = new Pending<>(Touched.NOTHING, session -> true);
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
    <T> T call(Touched touched, Pending.Work<T> work) {
        Pending<T> mine = new Pending<>(touched, work);
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
        while (more || !batch.isEmpty()) {
            if (batch.isEmpty()) batch.add(next());
            fill(batch);
            if (isCrowd(batch) && more) {
                LockSupport.parkNanos(disk.gathering().toNanos());
                fill(batch);
            }
            if (batch.remove(stop)) more = false;
            commit(batch);
        }
        forgetConnection();
    }

    private void fill(List<Pending<?>> batch) {
        queue.drainTo(batch, LARGEST_BATCH - batch.size());
    }

    /** So many that more are on their way. One who is alone with a few others does not wait. */
    private static boolean isCrowd(List<Pending<?>> batch) {
        return batch.size() >= CROWD && batch.size() < LARGEST_BATCH / 2;
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
        BookSession open = session;
        if (open == null) return;
        try {
            if (disk.rest(open.connection())) return;
        } catch (SQLException | RuntimeException e) {
            // It is broken, which the next operation need not find out.
        }
        forgetConnection();
    }

    /** Runs as many as there is time for; the others stay in the batch. */
    private void commit(List<Pending<?>> batch) {
        long start = System.nanoTime();
        boolean done = batch.isEmpty();
        for (int left = ATTEMPTS - 1; !done; left--) {
            done = isDone(batch, start, left);
            batch.removeIf(Pending::isAnswered);
            done |= batch.isEmpty();
        }
    }

    /** @return false if the batch failed before anything could be written, and is worth another attempt */
    private boolean isDone(List<Pending<?>> batch, long start, int left) {
        boolean connected = false;
        boolean sent = false;
        try {
            BookSession open = openSession();
            connected = true;
            List<Pending<?>> ran = new Batch(disk, batch).run(open);
            sent = true;
            open.connection().commit();
            unforced |= open.takeChanged();
            if (unforced) disk.force(open.connection());
            unforced = false;
            ran.forEach(Pending::complete);
            return true;
        } catch (SQLException | RuntimeException | Error e) {
            // An Error too: there is one writer, and it must outlive whatever one batch did to it.
            boolean again = !sent && left > 0 && (!connected || disk.judge(e) == Disk.Trouble.AGAIN);
            if (again && isEarly(start)) {
                // A database that starts anew takes a second or two, and the callers have five.
                if (!connected) LockSupport.parkNanos(BETWEEN_CONNECTS.toNanos());
                undo();
                return false;
            }
            forgetConnection();
            fail(batch, sent, e);
            return true;
        }
    }

    /** Whether callers would still be there for the outcome of another attempt. */
    private boolean isEarly(long start) {
        return System.nanoTime() - start < patience.toNanos() / 2;
    }

    /** Whether a commit that was sent was made cannot be told from here: no caller may take it for done or for undone. */
    private static void fail(List<Pending<?>> batch, boolean sent, Throwable cause) {
        String outcome = sent ? "it is not known whether this was written" : "nothing was written";
        var why = new BookUnavailableException("the book could not be written; " + outcome, cause);
        batch.forEach(pending -> pending.fail(why));
    }

    private BookSession openSession() throws SQLException {
        BookSession open = session;
        if (open == null) {
            open = new BookSession(disk.connect());
            session = open;
        }
        return open;
    }

    private void undo() {
        BookSession open = session;
        if (open == null) return;
        try {
            open.undo();
        } catch (SQLException | RuntimeException e) {
            forgetConnection();
        }
    }

    private void forgetConnection() {
        BookSession old = session;
        session = null;
        if (old == null) return;
        try {
            old.close();
            disk.release(old.connection());
        } catch (SQLException | RuntimeException ignored) {
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
