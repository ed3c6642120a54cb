package io.farebox.app.health;

import io.farebox.pricing.FacilitatorConfig;
import io.farebox.pricing.RouteConfig;
import io.farebox.settlement.Farebox;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether every priced route has a facilitator that answers, as far as is known from payments and from the questions that are
 * asked in the background anyway. A probe asks nobody.
 */
final class FacilitatorsHealth implements HealthIndicator {
    private final Farebox farebox;

    FacilitatorsHealth(Farebox farebox) {
        this.farebox = farebox;
    }

    @Override
    public Health health() {
        Map<String, Boolean> answering = farebox.facilitators();
        List<String> stuck = farebox.prices().config().routes().stream()
                .filter(route -> !route.isFree() && !hasOne(route, answering))
                .map(RouteConfig::id)
                .toList();
        Map<String, Object> details = new LinkedHashMap<>();
        answering.forEach((id, answers) -> details.put(id, answers ? "answers" : "does not answer"));
        if (!stuck.isEmpty()) details.put("routes that cannot be paid", stuck);
        return (stuck.isEmpty() ? Health.up() : Health.down())
                .withDetails(details)
                .build();
    }

    private static boolean hasOne(RouteConfig route, Map<String, Boolean> answering) {
        return route.facilitators().stream()
                .map(FacilitatorConfig::id)
                .anyMatch(id -> answering.getOrDefault(id, false));
    }
}
