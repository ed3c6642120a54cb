package io.farebox.probe;

import io.farebox.probe.corpus.Shape;
import io.farebox.probe.corpus.Trial;
import io.farebox.x402.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The report for machines. Its form is described in {@code docs/probe.md}; what is absent is left out. */
public final class ReportJson {
    /** The form's name; another number means that readers have to change. */
    public static final String SCHEMA = "farebox-probe/1";

    private ReportJson() {}

    /** ASCII JSON, without a line break at the end. */
    public static String write(ProbeReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema", SCHEMA);
        json.put("gateway", report.gateway());
        put(json, "upstream", report.upstream());
        json.put("started", report.started().toString());
        json.put("seconds", report.took().toSeconds());
        json.put("seed", report.seed());
        json.put("complete", report.incomplete() == null);
        put(json, "incomplete", report.incomplete());
        json.put("exitCode", report.exitCode());
        json.put("sent", report.sent());
        json.put("routes", report.routes().stream().map(ReportJson::route).toList());
        json.put("skipped", report.skipped().stream().map(ReportJson::skipped).toList());
        json.put(
                "shapes",
                report.tallies().entrySet().stream()
                        .map(each -> shape(each.getKey(), each.getValue()))
                        .toList());
        json.put("findings", report.findings().stream().map(ReportJson::finding).toList());
        return Json.write(json);
    }

    private static Map<String, Object> route(RouteState route) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", route.aim().id());
        json.put("method", route.aim().method());
        json.put("path", route.aim().path());
        json.put("status", route.status());
        json.put("payable", route.payable());
        json.put("oracle", route.oracle().word());
        if (!route.note().isEmpty()) json.put("note", route.note());
        return json;
    }

    private static Map<String, Object> skipped(ProbePlan.Skipped route) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", route.id());
        json.put("why", route.why());
        return json;
    }

    private static Map<String, Object> shape(Shape shape, Tally tally) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("shape", word(shape));
        json.put("sent", tally.sent());
        for (Outcome outcome : Outcome.values()) json.put(outcome.word(), tally.count(outcome));
        json.put("servedByUpstream", tally.served());
        json.put("findings", tally.findings());
        return json;
    }

    private static Map<String, Object> finding(Finding finding) {
        Trial trial = finding.trial();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", finding.kind().word());
        json.put("severity", finding.severity().word());
        json.put("shape", word(trial.shape()));
        if (!trial.aim().isEmpty()) json.put("route", trial.aim());
        json.put("method", trial.method());
        json.put("target", trial.target());
        json.put("version", trial.version());
        json.put("host", trial.named());
        json.put(
                "headers",
                trial.headers().stream()
                        .map(header -> List.of(header.name(), header.value()))
                        .toList());
        json.put("status", finding.status());
        if (finding.upstreamStatus() > 0) json.put("upstreamStatus", finding.upstreamStatus());
        json.put("why", finding.why());
        json.put("remedy", finding.remedy());
        return json;
    }

    private static String word(Shape shape) {
        return shape.name().toLowerCase(Locale.ROOT);
    }

    private static void put(Map<String, Object> json, String name, @Nullable String value) {
        if (value != null) json.put(name, value);
    }
}
