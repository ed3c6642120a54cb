package io.farebox.benchmarks;

import io.farebox.benchmarks.load.Folders;
import io.farebox.gate.Claim;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.SettledResult;
import io.farebox.ledger.JdbcBook;
import io.farebox.testkit.book.SampleClaim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** Whole payments a second on an H2 book in a file: four durable steps each, each payment by another payer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls open
public class BookBenchmark {
    private final AtomicInteger next = new AtomicInteger();
    private Path folder;
    private JdbcBook book;

    @Setup
    public void open() throws IOException {
        folder = Files.createTempDirectory("farebox-book");
        book = JdbcBook.open("jdbc:h2:file:" + folder.resolve("book"));
    }

    @TearDown
    public void close() {
        book.close();
        Folders.delete(folder);
    }

    @Benchmark
    @Threads(1)
    public void oneCaller() {
        pay();
    }

    @Benchmark
    @Threads(64)
    public void sixtyFourCallers() {
        pay();
    }

    private void pay() {
        int n = next.incrementAndGet();
        var request = SampleClaim.of("payment-" + n).payer(SampleClaim.payer(n)).toRequest();
        Claim claim = ((ClaimResult.Claimed) book.claim(request)).claim();
        require(book.settling(claim, "payai", SampleClaim.at(60), SampleClaim.at(1)));
        var receipt = SampleClaim.receipt("0x" + "%064x".formatted(n));
        require(book.settled(claim, receipt, DeliveryState.RUNNING, SampleClaim.at(86_400), SampleClaim.at(2))
                == SettledResult.RECORDED);
        require(book.delivered(claim, SampleClaim.at(3)));
    }

    private static void require(boolean done) {
        if (!done) throw new IllegalStateException("the book did not take a step");
    }
}
