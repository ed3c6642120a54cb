package io.farebox.benchmarks;

import io.farebox.gate.Decision;
import io.farebox.gate.PaymentGate;
import io.farebox.pricing.PriceBook;
import io.farebox.x402.HeaderReading;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.v1.V1Codec;
import io.farebox.x402.v2.V2Codec;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What reading a payment costs: the header alone, and the whole decision with finding the terms that it is for. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls open
public class AttemptBenchmark {
    private static final String PATH = PriceLists.path(1, "");

    private final V2Codec v2 = new V2Codec();
    private V1Codec v1;
    private PaymentGate gate;
    private String v1Header;
    private String v2Header;
    private PlainRequest v1Request;
    private PlainRequest v2Request;

    @Setup
    public void open() {
        PriceBook prices = PriceLists.ofRoutes(1_000);
        PaymentRequirements terms = prices.offers().getFirst().accepts().getFirst();
        Payments payments = new Payments();
        gate = Gates.over(prices);
        v1 = new V1Codec(prices.v1Names());
        v1Header = payments.v1(terms, "base");
        v2Header = payments.v2(terms, "https://api.example.com" + PATH);
        v1Request = PlainRequest.paying(PATH, v1.paymentHeader(), v1Header);
        v2Request = PlainRequest.paying(PATH, v2.paymentHeader(), v2Header);
        require(v1Request);
        require(v2Request);
    }

    /** A header that was refused would be measured as a fast one. */
    private void require(PlainRequest request) {
        if (gate.decide(request) instanceof Decision.Attempt attempt && attempt.unmet() == null) return;
        throw new IllegalStateException("the payment does not meet the terms");
    }

    @Benchmark
    public HeaderReading readV1() {
        return v1.readPayment(v1Header);
    }

    @Benchmark
    public HeaderReading readV2() {
        return v2.readPayment(v2Header);
    }

    @Benchmark
    public Decision decideV1() {
        return gate.decide(v1Request);
    }

    @Benchmark
    public Decision decideV2() {
        return gate.decide(v2Request);
    }
}
