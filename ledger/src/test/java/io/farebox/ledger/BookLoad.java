package io.farebox.ledger;

import static io.farebox.testkit.book.SampleClaim.at;

import io.farebox.gate.Claim;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.SettledResult;
import io.farebox.testkit.book.SampleClaim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures whole payments (claim, settling, settled, delivered) per second; prints, promises nothing. Arguments: callers,
 * payments per round, rounds, URL of the book.
 */
final class BookLoad {
    private static final String H2 = "jdbc:h2:file:";

    private BookLoad() {}

    public static void main(String[] args) throws Exception {
        int callers = Integer.parseInt(args[0]);
        int payments = Integer.parseInt(args[1]);
        int rounds = Integer.parseInt(args[2]);
        String url = args[3];
        AtomicInteger next = new AtomicInteger();
        try (JdbcBook book = JdbcBook.open(url)) {
            for (int round = 1; round <= rounds; round++) {
                long start = System.nanoTime();
                Duration cpu = cpu();
                run(book, callers, payments, next);
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                System.out.printf(
                        "round %d: %d payments by %d callers in %d ms: %d payments/s, %d us of CPU each here%s%n",
                        round,
                        payments,
                        callers,
                        took.toMillis(),
                        payments * 1000L / took.toMillis(),
                        cpu().minus(cpu).dividedBy(payments).toNanos() / 1000,
                        file(url));
            }
        }
    }

    private static String file(String url) throws IOException {
        if (!url.startsWith(H2)) return "";
        return ", file " + Files.size(Path.of(url.substring(H2.length()) + ".mv.db")) / 1024 + " KiB";
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static void run(JdbcBook book, int callers, int payments, AtomicInteger next) throws Exception {
        int last = next.get() + payments;
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < callers; caller++)
                running.add(threads.submit(() -> {
                    for (int i = next.getAndIncrement(); i < last; i = next.getAndIncrement()) pay(book, i);
                }));
        }
        for (Future<?> future : running) future.get();
        next.set(last);
    }

    private static void pay(JdbcBook book, int i) {
        SampleClaim sample = SampleClaim.of("evm3009:eip155:8453:0x%040x:0x%040x:0x%064x".formatted(7, i % 500, i))
                .payer(SampleClaim.payer(i % 500))
                .request("%064x".formatted(i));
        Claim claim = ((ClaimResult.Claimed) book.claim(sample.toRequest())).claim();
        if (!book.settling(claim, "dev", at(60), at(0))) throw new IllegalStateException("lost");
        SettledResult settled =
                book.settled(claim, SampleClaim.receipt("0x%064x".formatted(i)), DeliveryState.RUNNING, at(900), at(1));
        if (settled != SettledResult.RECORDED || !book.delivered(claim, at(2))) throw new IllegalStateException("lost");
    }
}
