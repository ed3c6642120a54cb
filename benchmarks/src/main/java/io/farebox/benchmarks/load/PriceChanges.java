package io.farebox.benchmarks.load;

import io.farebox.benchmarks.Payments;
import io.farebox.x402.PaymentRequirements;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Payers of both protocol versions at a steady rate, at the gateway's own jar, while its price list is replaced every second.
 * Every payer asks, signs what it was asked for, sometimes thinks for up to three seconds, and pays. None may be asked again.
 */
public final class PriceChanges {
    private static final Duration BETWEEN_CHANGES = Duration.ofSeconds(1);
    private static final int THOUGHT_MILLIS = 3_000;
    private static final double THOUGHTFUL = 0.05;
    /** Of the gateway's JVM. */
    private static final String OPTIONS = System.getProperty("gateway.options", "-Xmx256m -XX:+UseSerialGC");

    private static final String PATH = "/weather";
    private static final String PUBLIC_URL = "https://api.example.com";

    private final int rate;
    private final Duration lasts;
    private final int payers;
    private final String verify;
    private final AtomicLong turns = new AtomicLong();
    private final LongAdder paid = new LongAdder();
    private final LongAdder late = new LongAdder();
    private final LongAdder changedMeanwhile = new LongAdder();
    private final Map<String, LongAdder> others = new ConcurrentHashMap<>();
    private final Map<BigInteger, LongAdder> prices = new ConcurrentHashMap<>();
    private volatile BigInteger latest = BigInteger.ZERO;

    private PriceChanges(int rate, Duration lasts, int payers, String verify) {
        this.verify = verify;
        this.rate = rate;
        this.lasts = lasts;
        this.payers = payers;
    }

    /** @param args the gateway's jar, payments a second (1000), seconds (60), payers (256), seconds of warming up (60);
     *     {@code local} at last: no facilitator verifies */
    public static void main(String[] args) throws Exception {
        int[] numbers = {1_000, 60, 256, 60};
        boolean local = args[args.length - 1].equals("local");
        for (int i = 1; i < args.length - (local ? 1 : 0); i++) numbers[i - 1] = Integer.parseInt(args[i]);
        new PriceChanges(numbers[0], Duration.ofSeconds(numbers[1]), numbers[2], local ? "local" : "remote")
                .run(Path.of(args[0]), Duration.ofSeconds(numbers[3]));
    }

    private void run(Path jar, Duration warmUp) throws Exception {
        Path folder = Files.createTempDirectory("farebox-price-changes");
        Path log = folder.resolve("gateway.log");
        try (Child outside = Child.start("outside", "-Xmx512m")) {
            Path file = folder.resolve("farebox.yaml");
            write(file, outside.port(), 10_000);
            try (GatewayProcess gateway = GatewayProcess.start(jar, file, log.toFile(), OPTIONS.split(" "))) {
                pay(gateway.port(), warmUp, () -> {});
                System.out.printf("warm after %d payments%n", paid.sum());
                forget();
                CpuTime before = gateway.cpu();
                CpuTime compiled = gateway.compilers();
                Instant begin = Instant.now();
                int[] changes = {0};
                pay(gateway.port(), lasts, () -> {
                    changes[0]++;
                    write(
                            file,
                            outside.port(),
                            10_000 + ThreadLocalRandom.current().nextInt(80_000));
                });
                report(begin, changes[0], gateway.cpu().nanosSince(before));
                double compiling = gateway.compilers().nanosSince(compiled) / 1e9;
                System.out.printf("its compilers used %.1f s of CPU besides%n", compiling);
            }
        } finally {
            System.out.println("reloads in the gateway's log: " + reloads(log));
            Folders.delete(folder);
        }
    }

    private interface Change {
        void make() throws IOException;
    }

    private void pay(int port, Duration time, Change change) throws Exception {
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        turns.set(0);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < payers; i++) {
                int version = 1 + i % 2;
                all.add(threads.submit(() -> payer(port, version, begin, end)));
            }
            while (System.nanoTime() < end) {
                change.make();
                TimeUnit.NANOSECONDS.sleep(BETWEEN_CHANGES.toNanos());
            }
            for (Future<?> one : all) one.get();
        }
    }

    private Void payer(int port, int version, long begin, long end) throws Exception {
        Payments wallet = new Payments();
        try (Connection connection = new Connection(port)) {
            while (true) {
                long due = begin + turns.getAndIncrement() * TimeUnit.SECONDS.toNanos(1) / rate;
                if (due > end || System.nanoTime() > end) return null;
                long wait = due - System.nanoTime();
                if (wait > 0) TimeUnit.NANOSECONDS.sleep(wait);
                else if (wait < -TimeUnit.SECONDS.toNanos(1)) late.increment();
                buy(connection, wallet, version);
            }
        }
    }

    private void buy(Connection connection, Payments wallet, int version) throws Exception {
        Connection.Head challenge = connection.send(Connection.get(PATH));
        connection.body().skipNBytes(challenge.length());
        PaymentRequirements terms = PaidRequests.terms(challenge);
        latest = terms.amount();
        String header = version == 1
                ? "X-PAYMENT: " + wallet.v1(terms, "base")
                : "PAYMENT-SIGNATURE: " + wallet.v2(terms, PUBLIC_URL + PATH);
        ThreadLocalRandom chance = ThreadLocalRandom.current();
        if (chance.nextDouble() < THOUGHTFUL) TimeUnit.MILLISECONDS.sleep(chance.nextInt(THOUGHT_MILLIS));
        if (!latest.equals(terms.amount())) changedMeanwhile.increment();
        Connection.Head answer = connection.send(Connection.get(PATH, header));
        String body = new String(connection.body().readNBytes((int) answer.length()));
        if (answer.status() == 200) {
            paid.increment();
            prices.computeIfAbsent(terms.amount(), any -> new LongAdder()).increment();
        } else
            others.computeIfAbsent(answer.status() + " " + body, any -> new LongAdder())
                    .increment();
    }

    private void forget() {
        paid.reset();
        late.reset();
        changedMeanwhile.reset();
        others.clear();
        prices.clear();
    }

    private void report(Instant begin, int changes, long cpuNanos) {
        double seconds = Duration.between(begin, Instant.now()).toMillis() / 1_000.0;
        System.out.printf(
                "%d payments in %.1f s: %.0f a second (%d began more than a second late)%n",
                paid.sum(), seconds, paid.sum() / seconds, late.sum());
        System.out.printf(
                "the file changed %d times; paid at %d prices; %d payments came after another price was seen%n",
                changes, prices.size(), changedMeanwhile.sum());
        System.out.printf("answers other than 200: %s%n", others.isEmpty() ? "none" : others);
        System.out.printf("gateway: %.0f us of CPU a payment, its 402 included%n", cpuNanos / 1e3 / paid.sum());
    }

    private static long reloads(Path log) throws IOException {
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains("are in force:")).count();
        }
    }

    /** As editors and {@code mv} replace a file. */
    private void write(Path file, int facilitator, int atomic) throws IOException {
        Path next = file.resolveSibling("next.yaml");
        Files.writeString(
                next, """
                public-url: %s
                upstream: { url: "http://127.0.0.1:%d" }
                pay-to: { eip155: "0x209693Bc6afc0C5328bA36FaF03C514EF312287C" }
                accept: [base/USDC]
                facilitators: [{ id: instant, url: "http://127.0.0.1:%d" }]
                book: { url: "jdbc:h2:file:%s/book" }
                routes:
                  - { id: weather, match: GET %s, price: $0.0%d, verify: %s }
                """.formatted(PUBLIC_URL, facilitator, facilitator, file.getParent(), PATH, atomic, verify));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
