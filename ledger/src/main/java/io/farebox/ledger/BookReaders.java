package io.farebox.ledger;

import io.farebox.gate.BookUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Reads beside the writer, on threads of their own: H2 reads its file through a channel that an interrupt of the reading
 * thread would close, for everybody, and callers may be interrupted at any time.
 */
final class BookReaders implements AutoCloseable {
    private final Disk disk;
    private final Duration patience;
    private final ThreadPoolExecutor threads;

    BookReaders(Disk disk, int count, int capacity, Duration patience) {
        this.disk = disk;
        this.patience = patience;
        this.threads = new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(capacity),
                Thread.ofPlatform().name("farebox-book-reader-", 1).daemon().factory());
    }

    <T> T call(Pending.Work<T> work) {
        Pending<T> mine = new Pending<>(Touched.NOTHING, work);
        try {
            threads.execute(() -> read(mine));
        } catch (RejectedExecutionException e) {
            String why = threads.isShutdown() ? "the book is closed" : "too many reads wait for the book";
            throw new BookUnavailableException(why, null);
        }
        return mine.await(patience);
    }

    private void read(Pending<?> pending) {
        if (!pending.take()) return;
        try {
            Connection connection = disk.reader();
            try (BookSession session = new BookSession(connection)) {
                pending.run(session);
            } finally {
                disk.release(connection);
            }
            pending.complete();
        } catch (SQLException | RuntimeException e) {
            pending.fail(new BookUnavailableException("the book could not be read", e));
        }
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
