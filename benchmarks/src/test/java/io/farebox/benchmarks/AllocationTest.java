package io.farebox.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.farebox.gate.Decision;
import io.farebox.gate.PaymentGate;
import io.farebox.gate.RequestFirewall;
import io.farebox.pricing.PriceBook;
import io.farebox.x402.HeaderReading;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.v2.V2Codec;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes per request, which stay the same on a busy machine, where times do not. */
class AllocationTest {
    private static final int WARM_UP = 20_000;
    private static final int ROUNDS = 10_000;

    private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private Object seen = "";

    @ParameterizedTest
    @ValueSource(ints = {10, 1_000, 10_000})
    void freeRequest_allocatesAtMost100Bytes_howeverManyRoutes(int routes) {
        PaymentGate gate = Gates.over(PriceLists.ofRoutes(routes));
        PlainRequest request = PlainRequest.get(PriceLists.path(routes / 6 * 3, ""));

        assertThat(gate.decide(request)).isInstanceOf(Decision.Free.class);
        assertThat(bytes(() -> gate.decide(request))).isLessThanOrEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 16})
    void freeRequest_allocatesAtMost100Bytes_howeverDeep(int segments) {
        PaymentGate gate = Gates.over(PriceLists.withDepth(segments));
        PlainRequest request = PlainRequest.get(PriceLists.deepPath(segments));

        assertThat(gate.decide(request)).isInstanceOf(Decision.Free.class);
        assertThat(bytes(() -> gate.decide(request))).isLessThanOrEqualTo(100);
    }

    @Test
    void unpaidRequest_ofARouteWithOneUrl_allocatesAtMost256Bytes() {
        PaymentGate gate = Gates.over(PriceLists.ofRoutes(1_000));
        PlainRequest request = PlainRequest.get(PriceLists.path(1, ""));

        assertThat(gate.decide(request)).isInstanceOf(Decision.Answer.class);
        assertThat(bytes(() -> gate.decide(request))).isLessThanOrEqualTo(256);
    }

    @Test
    void unpaidRequest_ofARouteWithManyUrls_allocatesLittleMoreThanItsAnswer() {
        PaymentGate gate = Gates.over(PriceLists.ofRoutes(1_000));
        PlainRequest one = PlainRequest.get(PriceLists.path(2, "one"));
        PlainRequest other = PlainRequest.get(PriceLists.path(2, "other"));

        assertThat(gate.decide(one)).isInstanceOf(Decision.Answer.class);
        Supplier<Decision> both = () -> {
            gate.decide(one);
            return gate.decide(other);
        };
        assertThat(bytes(both)).as("two answers").isLessThanOrEqualTo(2 * 6 * 1024);
    }

    @Test
    void paymentHeader_ofVersion2_isReadWithin16KiB() {
        PriceBook prices = PriceLists.ofRoutes(10);
        PaymentRequirements terms = prices.offers().getFirst().accepts().getFirst();
        String header = new Payments().v2(terms, "https://api.example.com/v1/area1/thing1");
        V2Codec codec = new V2Codec();

        assertThat(codec.readPayment(header)).isInstanceOf(HeaderReading.Read.class);
        assertThat(bytes(() -> codec.readPayment(header))).isLessThanOrEqualTo(16 * 1024);
    }

    @Test
    void firewall_allocatesNothing_forAGoodRequest() {
        String good = "good";
        Supplier<String> check = () -> {
            String refusal = RequestFirewall.check("GET", "/v1/caf%C3%A9/risk-score", "depth=full", 1);
            return refusal == null ? good : refusal;
        };

        assertThat(check.get()).isEqualTo(good);
        assertThat(bytes(check)).isZero();
    }

    /** Bytes per call, after the compilers have had their say; what is made is kept, so that it cannot be optimized away. */
    private long bytes(Supplier<?> call) {
        for (int i = 0; i < WARM_UP; i++) seen = call.get();
        long before = thread.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) seen = call.get();
        long after = thread.getCurrentThreadAllocatedBytes();
        assertThat(seen).isNotNull();
        return (after - before) / ROUNDS;
    }
}
