package io.farebox.probe;

import io.farebox.probe.Finding.Severity;
import io.farebox.probe.corpus.Shape;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a probe has found. Holds no header and no marker of the plan, and no content of any answer.
 *
 * @param tallies by shape, in the order of the shapes; only those that were sent
 * @param findings the most severe first
 * @param incomplete why not everything was tried; null if it was
 */
public record ProbeReport(
        String gateway,
        @Nullable String upstream,
        Instant started,
        Duration took,
        long seed,
        List<RouteState> routes,
        List<ProbePlan.Skipped> skipped,
        Map<Shape, Tally> tallies,
        List<Finding> findings,
        @Nullable String incomplete) {
    public ProbeReport {
        routes = List.copyOf(routes);
        skipped = List.copyOf(skipped);
        Map<Shape, Tally> ordered = new EnumMap<>(Shape.class);
        ordered.putAll(tallies);
        tallies = Collections.unmodifiableMap(ordered);
        findings = findings.stream()
                .sorted(Comparator.comparing(Finding::severity))
                .toList();
    }

    /** How many requests of the corpus were sent to the gateway. */
    public int sent() {
        return tallies.values().stream().mapToInt(Tally::sent).sum();
    }

    public long count(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    /** Whether anything was found that should fail a build. */
    public boolean isAlarming() {
        return findings.stream().anyMatch(finding -> finding.severity() != Severity.LOW);
    }

    /** 0 if all was tried and nothing alarming found, 1 if something was, 2 if not all was tried. */
    public int exitCode() {
        if (isAlarming()) return 1;
        return incomplete == null ? 0 : 2;
    }
}
