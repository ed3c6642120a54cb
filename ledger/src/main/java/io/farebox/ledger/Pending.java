package io.farebox.ledger;

import io.farebox.gate.BookUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An operation that waits for its turn, and its caller, who waits for the answer. */
final class Pending<T> {
    /** What the operation does with the book. It may be run on another thread than its caller's. */
    @FunctionalInterface
    interface Work<T> {
        T run(BookSession session) throws SQLException;
    }

    private enum Stage {
        QUEUED,
        TAKEN,
        ABANDONED
    }

    private final Touched touched;
    private final Work<T> work;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.QUEUED);
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private @Nullable T result;

    Pending(Touched touched, Work<T> work) {
        this.touched = touched;
        this.work = work;
    }

    Touched touched() {
        return touched;
    }

    /** Takes the operation in hand; may come more than once. @return false if the caller has gone: then it must not be run */
    boolean take() {
        return stage.compareAndSet(Stage.QUEUED, Stage.TAKEN) || stage.get() == Stage.TAKEN;
    }

    /** May come more than once: the last result counts. */
    void run(BookSession session) throws SQLException {
        result = work.run(session);
    }

    /** The result of the run is durable. */
    @SuppressWarnings("NullAway") // a run came before, and works give no null
    void complete() {
        answer.complete(result);
    }

    void fail(BookUnavailableException why) {
        answer.completeExceptionally(why);
    }

    /** Whether nobody waits for it any more. */
    boolean isAnswered() {
        return answer.isDone();
    }

    /**
     * Waits for the answer. An interrupt of the caller neither ends the wait nor is forgotten: the operation is under way, and
     * its answer matters more.
     */
    T await(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw unavailable(e.getCause());
                } catch (TimeoutException e) {
                    throw giveUp(patience);
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private BookUnavailableException giveUp(Duration patience) {
        boolean never = stage.compareAndSet(Stage.QUEUED, Stage.ABANDONED);
        if (never) answer.cancel(false);
        String what = never ? "nothing was written" : "it is not known whether it was written";
        return new BookUnavailableException(
                "the book did not answer within " + patience.toMillis() + " ms; " + what
                        + ". Is its disk or database slow?",
                null);
    }

    /** Made anew, so that the trace shows the caller. */
    private static BookUnavailableException unavailable(@Nullable Throwable cause) {
        String message = cause == null || cause.getMessage() == null ? "the book failed" : cause.getMessage();
        return new BookUnavailableException(message, cause);
    }
}
