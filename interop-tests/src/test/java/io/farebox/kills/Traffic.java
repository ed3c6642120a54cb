package io.farebox.kills;

import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Work that begins at a steady rate, whatever becomes of what began before. */
final class Traffic implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger begun = new AtomicInteger();
    private volatile boolean over;

    /** @param each one arrival; what it throws is its own business */
    Future<?> begin(double aSecond, Runnable each) {
        return threads.submit(() -> {
            long start = System.nanoTime();
            for (long i = 0; !over; i++) {
                long wait = start + (long) (i * TimeUnit.SECONDS.toNanos(1) / aSecond) - System.nanoTime();
                if (wait > 0) LockSupport.parkNanos(wait);
                begun.incrementAndGet();
                threads.execute(each);
            }
        });
    }

    void also(Runnable later) {
        threads.execute(later);
    }

    int begun() {
        return begun.get();
    }

    /** Nothing more begins. */
    void end() {
        over = true;
    }

    /** Waits for all that began. */
    @Override
    public void close() {
        over = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(180, TimeUnit.SECONDS)) throw new AssertionError("requests do not end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kept-alive connections to one port. A connection that failed is not kept. */
    static final class Wires implements AutoCloseable {
        private static final Duration TRUSTED = Duration.ofSeconds(10);
        private final int port;
        private final Queue<Kept> idle = new ConcurrentLinkedQueue<>();

        private record Kept(Wire wire, long since) {}

        Wires(int port) {
            this.port = port;
        }

        Wire.Answer get(String path, String... lines) throws IOException {
            Wire wire = take();
            Wire.Answer answer = wire.get(path, lines);
            if ("close".equalsIgnoreCase(answer.headers().get("Connection"))) wire.close();
            else idle.add(new Kept(wire, System.nanoTime()));
            return answer;
        }

        private Wire take() throws IOException {
            for (Kept kept = idle.poll(); kept != null; kept = idle.poll()) {
                if (System.nanoTime() - kept.since() < TRUSTED.toNanos()) return kept.wire();
                kept.wire().close();
            }
            return new Wire(port);
        }

        @Override
        public void close() throws IOException {
            for (Kept kept = idle.poll(); kept != null; kept = idle.poll())
                kept.wire().close();
        }
    }
}
