package io.farebox.settlement.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.FacilitatorUnavailableException;
import io.farebox.testkit.facilitator.Act;
import io.farebox.testkit.facilitator.Acts;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** SECURITY T059: a facilitator that never answers meets a crowd. */
class CrowdTest extends Stubbed {
    private static final int CROWD = 600;
    private static final int AT_MOST = 200;

    @Test
    void settle_crowdAtADeafFacilitator_isBoundedAndEndsInTime() throws InterruptedException {
        stub.alwaysSettle(Acts.lost(Act.Loss.HANGS));
        FacilitatorSettings bounded = FacilitatorSettings.of("stub", stub.url())
                .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2))
                .withMaxConcurrent(AT_MOST);
        Map<String, Integer> reasons = new ConcurrentHashMap<>();
        try (HttpFacilitator crowded = client(bounded);
                ExecutorService crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CROWD; i++) {
                crowd.submit(() -> {
                    FacilitatorUnavailableException failure = settleFails(crowded);
                    reasons.merge(failure.reason(), 1, Integer::sum);
                });
            }
            crowd.shutdown();
            assertThat(crowd.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(reasons.keySet()).isSubsetOf("timeout", "too_many_calls", "circuit_open");
        assertThat(reasons.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(CROWD);
        assertThat(stub.connections()).isLessThanOrEqualTo(AT_MOST);
        assertThat(reasons.get("timeout")).isPositive();
    }
}
