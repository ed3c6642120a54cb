package io.farebox.benchmarks;

import io.farebox.gate.RequestFirewall;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What it costs to look a target over. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets path
public class FirewallBenchmark {
    @Param({
        "/v1/risk",
        "/v1/protocols/aave-v3/markets/0x2f39d218133afab8f2b819b1066c7e434ad94e9e/risk-score",
        "/v1/caf%C3%A9/%E2%82%AC%20uro"
    })
    String path;

    @Benchmark
    public @Nullable String check() {
        return RequestFirewall.check("GET", path, "depth=full&limit=100", 1);
    }
}
