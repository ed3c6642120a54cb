package io.farebox.benchmarks;

import io.farebox.gate.Decision;
import io.farebox.gate.PaymentGate;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a request without payment costs: it should grow with the depth of its path and not with the number of routes. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecideBenchmark {
    /** How many paths take turns, so that no single one stays in the caches by itself. */
    private static final int PATHS = 256;

    /** Price lists of growing length. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls open
    public static class ByRoutes {
        @Param({"10", "1000", "10000"})
        int routes;

        private PaymentGate gate;
        private final PlainRequest[] free = new PlainRequest[PATHS];
        private final PlainRequest[] constant = new PlainRequest[PATHS];
        private final PlainRequest[] templated = new PlainRequest[PATHS];
        private int turn;

        @Setup
        public void open() {
            gate = Gates.over(PriceLists.ofRoutes(routes));
            for (int i = 0; i < PATHS; i++) {
                int of = (int) ((long) i * 7919 % (routes / 3)) * 3;
                free[i] = PlainRequest.get(PriceLists.path(of, ""));
                constant[i] = PlainRequest.get(PriceLists.path(of + 1, ""));
                // Few routes with many values, so that the last answer of a route never fits the next request.
                templated[i] = PlainRequest.get(PriceLists.path(i % Math.min(8, routes / 3) * 3 + 2, "value-" + i));
            }
        }

        Decision decide(PlainRequest[] requests) {
            return gate.decide(requests[turn++ & PATHS - 1]);
        }
    }

    /** Paths of growing depth. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls open
    public static class ByDepth {
        @Param({"2", "4", "8", "16"})
        int segments;

        private PaymentGate gate;
        private PlainRequest request;

        @Setup
        public void open() {
            gate = Gates.over(PriceLists.withDepth(segments));
            request = PlainRequest.get(PriceLists.deepPath(segments));
        }
    }

    @Benchmark
    public Decision free(ByRoutes prices) {
        return prices.decide(prices.free);
    }

    @Benchmark
    public Decision unpaidOneUrl(ByRoutes prices) {
        return prices.decide(prices.constant);
    }

    @Benchmark
    public Decision unpaidVariableUrl(ByRoutes prices) {
        return prices.decide(prices.templated);
    }

    @Benchmark
    public Decision freeByDepth(ByDepth prices) {
        return prices.gate.decide(prices.request);
    }
}
