package io.farebox.app.command.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreeRoutesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health",
                "HEAD /health",
                "GET /healthz/",
                "GET /v1/health",
                "GET /api/v2.1/metrics",
                "GET /actuator/health/readiness",
                "GET /actuator/prometheus",
                "GET /q/health/live",
                "GET /Ping"
            })
    void probesAndMetrics_areFree(String operation) {
        assertThat(FreeRoutes.contains(operation(operation))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /health",
                "DELETE /metrics",
                "GET /",
                "GET /live",
                "GET /ready",
                "GET /v1/live",
                "GET /status",
                "GET /patients/health",
                "GET /health/{id}",
                "GET /health/records",
                "GET /{tenant}/health",
                "GET /stocks/metrics",
                "GET /metrics/daily",
                "GET /healthy",
                "GET /health.json",
                "GET /live/health/live"
            })
    void whatMightBeSold_isNot(String operation) {
        assertThat(FreeRoutes.contains(operation(operation))).isFalse();
    }

    private static Operation operation(String text) {
        String[] parts = text.split(" ");
        return new Operation(parts[0], "", parts[1], "", "", false, List.of());
    }
}
