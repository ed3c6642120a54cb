package io.farebox.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One kind of request to one server.
 *
 * @param connections how many are asked at once, each as often as the others
 * @param status that all answers must have
 */
record Side(Child server, int connections, int status, Requests requests) {
    private static final int LEAST_PARTS = 8;
    private static final int MOST_PARTS = 30;
    private static final double CALM = 0.1;

    /** What a request cost the server: CPU time in nanoseconds, bytes on the heap. */
    record Cost(double nanos, double bytes) {}

    /** Asks until its compilers have next to nothing to do. */
    void warmUp(int times) throws Exception {
        for (int i = 0; i < MOST_PARTS; i++) {
            CpuTime before = server.compilers();
            double nanos = ask(times).nanos() * times;
            if (i >= LEAST_PARTS && server.compilers().nanosSince(before) < nanos * CALM) return;
        }
    }

    /** Connecting, and the first request of each connection, is left out. */
    Cost ask(int times) throws Exception {
        int each = Math.max(1, times / connections);
        List<Asking> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < connections; i++) {
                all.add(new Asking(new Connection(server.port()), requests.next(i, each + 1), status));
            }
            askAll(all, threads, 0, 1);
            long bytes = server.ask("allocated");
            CpuTime before = server.cpu();
            askAll(all, threads, 1, each + 1);
            long nanos = server.cpu().nanosSince(before);
            double asked = (double) each * connections;
            return new Cost(nanos / asked, (server.ask("allocated") - bytes) / asked);
        } finally {
            for (Asking one : all) one.connection().close();
        }
    }

    private static void askAll(List<Asking> all, ExecutorService threads, int from, int to) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (Asking one : all) running.add(threads.submit(() -> one.ask(from, to)));
        for (Future<?> one : running) one.get();
    }

    private record Asking(Connection connection, List<byte[]> requests, int status) {
        private Void ask(int from, int to) throws IOException {
            for (byte[] request : requests.subList(from, to)) connection.exchange(request, status);
            return null;
        }
    }
}
