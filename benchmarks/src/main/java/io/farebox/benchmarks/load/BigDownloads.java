package io.farebox.benchmarks.load;

import io.farebox.benchmarks.Payments;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Paid downloads of 200 MB each, all at once, from a server with {@code -Xmx256m}: every byte must arrive, and the server's
 * live heap must stay where it is. Its book is on H2, its facilitator in its own process.
 */
public final class BigDownloads {
    private static final String PATH = "/large";
    private static final long MIB = 1 << 20;
    private static final byte[] BLOCK = LargeServlet.block();

    private final int downloads;
    private final Payments payments = new Payments();
    private final CountDownLatch allBegun;
    private final AtomicLong arrived = new AtomicLong();
    private final String publicUrl;

    BigDownloads(int downloads, String publicUrl) {
        this.downloads = downloads;
        this.publicUrl = publicUrl;
        this.allBegun = new CountDownLatch(downloads);
    }

    /** @param args how many downloads (50) */
    public static void main(String[] args) throws Exception {
        try (Child server = Child.start("downloads", "-Xmx256m")) {
            new BigDownloads(args.length > 0 ? Integer.parseInt(args[0]) : 50, "http://localhost").from(server);
        }
    }

    /** Runs them all. */
    void from(Child server) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            System.out.println(
                    downloads + " paid downloads of " + LargeServlet.LENGTH + " bytes, server with -Xmx256m");
            tell(server, "before");
            long cpu = server.ask("cpu");
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < downloads; i++) all.add(threads.submit(() -> download(server.port())));
            if (!allBegun.await(120, TimeUnit.SECONDS)) throw new IllegalStateException("some downloads never began");
            while (all.stream().anyMatch(one -> !one.isDone())) {
                tell(server, "at " + arrived.get() * 100 / (downloads * LargeServlet.LENGTH) + " %");
                TimeUnit.MILLISECONDS.sleep(500);
            }
            for (Future<Boolean> one : all) one.get();
            tell(server, "after");
            requireWhole(server);
            System.out.printf("server CPU %.1f s%n", (server.ask("cpu") - cpu) / 1e9);
            System.out.printf(
                    "peak: heap at most %d MiB, resident %d MiB%n",
                    server.ask("peak") / MIB, server.statusKib("VmHWM") / 1024);
        }
    }

    private void requireWhole(Child server) {
        if (!server.isAlive() || arrived.get() != downloads * LargeServlet.LENGTH) {
            throw new IllegalStateException("only " + arrived.get() + " bytes arrived");
        }
        System.out.println("all " + arrived.get() + " bytes arrived and are right");
    }

    static void tell(Child server, String when) throws IOException {
        System.out.printf(
                "%-8s live heap %d MiB, resident %d MiB%n",
                when, server.ask("live") / MIB, server.statusKib("VmRSS") / 1024);
    }

    private boolean download(int port) throws IOException, InterruptedException {
        try (Connection connection = new Connection(port)) {
            Connection.Head challenge = connection.send(Connection.get(PATH));
            connection.body().skipNBytes(challenge.length());
            String payment = payments.v2(PaidRequests.terms(challenge), publicUrl + PATH);
            Connection.Head head = connection.send(Connection.get(PATH, "PAYMENT-SIGNATURE: " + payment));
            if (head.status() != 200 || head.length() != LargeServlet.LENGTH) {
                throw new IllegalStateException("a paid download was answered " + head.status());
            }
            allBegun.countDown();
            // Nobody reads on before everybody has paid: all downloads are under way at once.
            allBegun.await();
            read(connection.body());
            return true;
        }
    }

    /** Reads a whole body and compares it with what was sent. */
    private void read(InputStream body) throws IOException {
        byte[] buffer = new byte[BLOCK.length];
        for (long left = LargeServlet.LENGTH; left > 0; left -= buffer.length) {
            int length = (int) Math.min(left, buffer.length);
            int read = body.readNBytes(buffer, 0, length);
            if (read != length || Arrays.mismatch(buffer, 0, length, BLOCK, 0, length) >= 0) {
                throw new IOException("a body is short or wrong");
            }
            arrived.addAndGet(read);
        }
    }
}
