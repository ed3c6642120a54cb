package io.farebox.app.command.openapi;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which operations nobody would pay for: what probes and collectors of metrics ask. Narrow on purpose: what is taken for one
 * by mistake is given away.
 */
final class FreeRoutes {
    private static final Set<String> HEALTH =
            Set.of("health", "healthz", "healthcheck", "health-check", "health_check", "livez", "readyz");
    private static final Set<String> BELOW_HEALTH =
            Set.of("live", "liveness", "ready", "readiness", "started", "startup");
    private static final Set<String> OTHERS = Set.of("ping", "metrics", "prometheus");

    /** What may stand before them. */
    private static final Set<String> BEFORE = Set.of("api", "actuator", "q", "internal", "management", "monitoring");

    private FreeRoutes() {}

    static boolean contains(Operation operation) {
        if (!operation.method().equals("GET") && !operation.method().equals("HEAD")) return false;
        String path = operation.path().toLowerCase(Locale.ROOT).replaceFirst("/$", "");
        List<String> segments =
                List.of(path.substring(Math.min(1, path.length())).split("/"));
        List<String> before = segments.subList(0, segments.size() - 1);
        String last = segments.getLast();
        if (BELOW_HEALTH.contains(last) && !before.isEmpty() && HEALTH.contains(before.getLast())) {
            return before.subList(0, before.size() - 1).stream().allMatch(FreeRoutes::isBefore);
        }
        return (HEALTH.contains(last) || OTHERS.contains(last))
                && before.stream().allMatch(FreeRoutes::isBefore);
    }

    private static boolean isBefore(String segment) {
        return BEFORE.contains(segment) || segment.matches("v[0-9]{1,4}(\\.[0-9]{1,4})?");
    }
}
