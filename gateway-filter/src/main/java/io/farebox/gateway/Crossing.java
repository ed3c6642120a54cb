package io.farebox.gateway;

import io.micrometer.context.ContextSnapshotFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * The one way from event loops to virtual threads, where the gate may wait. A subscriber that loses interest never interrupts
 * what is under way there: a payment in flight is brought to its end. Thread-safe.
 */
final class Crossing implements AutoCloseable {
    private static final int CLOSING_SECONDS = 10;

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("farebox-", 0).factory());
    private final ContextSnapshotFactory context =
            ContextSnapshotFactory.builder().build();
    private final Semaphore admissions;

    /** @param admissions how many admissions may be under way at once */
    Crossing(int admissions) {
        this.admissions = new Semaphore(admissions);
    }

    /**
     * Runs an admission if there is room for one.
     *
     * @param home where the answer is handed on, such as the request's event loop
     * @param full answers if there is no room
     */
    <T> Mono<T> admit(Supplier<T> task, Supplier<T> full, Executor home) {
        return Mono.defer(() -> {
            if (!admissions.tryAcquire()) return Mono.just(full.get());
            return call(
                    () -> {
                        try {
                            return task.get();
                        } finally {
                            admissions.release();
                        }
                    },
                    home);
        });
    }

    /** Runs what was admitted: there is always room for that. Starts at once, subscribed to or not. */
    <T> CompletableFuture<T> start(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, threads);
    }

    /** Runs what nobody waits for. */
    void run(Runnable task) {
        threads.execute(task);
    }

    private <T> Mono<T> call(Supplier<T> task, Executor home) {
        return Mono.deferContextual(view -> {
            Supplier<T> inContext = () -> {
                try (var scope = context.captureFrom(view).setThreadLocals()) {
                    return task.get();
                }
            };
            return Mono.fromFuture(
                    CompletableFuture.supplyAsync(inContext, threads).thenApplyAsync(answer -> answer, home), true);
        });
    }

    /** Waits a little for what is under way. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
