package io.farebox.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Uploads of 1 GiB each that nobody has paid for, all at once, at a gateway with {@code -Xmx256m}. Every client sends as fast
 * as it can until the gateway hangs up, and listens meanwhile; half of them say how long the body will be.
 */
public final class GatewayUploads {
    private static final long LENGTH = 1L << 30;
    private static final byte[] PART = new byte[64 * 1024];

    private final int uploads;
    private final CountDownLatch begin = new CountDownLatch(1);
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicLong sent = new AtomicLong();

    private GatewayUploads(int uploads) {
        this.uploads = uploads;
    }

    /** @param args how many uploads (500) */
    public static void main(String[] args) throws Exception {
        new GatewayUploads(args.length > 0 ? Integer.parseInt(args[0]) : 500).run();
    }

    private void run() throws Exception {
        try (Child outside = Child.start("outside")) {
            String port = Integer.toString(outside.port());
            try (Child gateway = Child.start(List.of("gateway", port, port), "-Xmx256m");
                    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                to(gateway, threads);
            }
        }
    }

    private void to(Child gateway, ExecutorService threads) throws Exception {
        BigDownloads.tell(gateway, "before");
        long cpu = gateway.ask("cpu");
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < uploads; i++) {
            Connection connection = new Connection(gateway.port());
            byte[] head = head(i % 2 == 0);
            all.add(threads.submit(() -> send(connection, head)));
            all.add(threads.submit(() -> listen(connection)));
        }
        begin.countDown();
        while (all.stream().anyMatch(one -> !one.isDone())) {
            BigDownloads.tell(gateway, "now");
            TimeUnit.MILLISECONDS.sleep(500);
        }
        for (Future<?> one : all) one.get();
        BigDownloads.tell(gateway, "after");
        System.out.printf(
                "%d of %d uploads answered 402; clients could send %d MiB in all, %d KiB each%n",
                answered.get(), uploads, sent.get() >> 20, (sent.get() >> 10) / uploads);
        System.out.printf("gateway CPU %.1f s%n", (gateway.ask("cpu") - cpu) / 1e9);
        System.out.printf(
                "peak: heap at most %d MiB, resident %d MiB%n",
                gateway.ask("peak") >> 20, gateway.statusKib("VmHWM") / 1024);
    }

    private static byte[] head(boolean tellsLength) {
        String framing = tellsLength ? "Content-Length: " + LENGTH : "Transfer-Encoding: chunked";
        String text = "POST " + GatewayPrices.UPLOAD + " HTTP/1.1\r\nHost: localhost\r\n" + framing + "\r\n\r\n";
        // One chunk, as long as the body.
        String chunk = tellsLength ? "" : Long.toHexString(LENGTH) + "\r\n";
        return (text + chunk).getBytes(StandardCharsets.US_ASCII);
    }

    private Void send(Connection connection, byte[] head) throws InterruptedException {
        begin.await();
        try {
            connection.write(head);
            for (long left = LENGTH; left > 0; left -= PART.length) {
                connection.write(PART);
                sent.addAndGet(PART.length);
            }
        } catch (IOException e) {
            // The gateway has hung up.
        }
        return null;
    }

    private Void listen(Connection connection) throws IOException {
        try (connection) {
            if (connection.head().status() == 402) answered.incrementAndGet();
            // To the end of the connection, which the sender needs until then.
            connection.body().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            // Reset: what was answered until then counts.
        }
        return null;
    }
}
