package io.farebox.app.probe;

import io.farebox.probe.Finding;
import io.farebox.probe.Finding.Severity;
import io.farebox.probe.Outcome;
import io.farebox.probe.ProbeReport;
import io.farebox.probe.RouteState;
import io.farebox.probe.Tally;
import io.farebox.probe.corpus.Shape;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report for people: tables, then the findings in groups, the worst first. */
final class ConsoleReport {
    /** Of a group that is all alike. */
    private static final int MOST_EXAMPLES = 3;

    private final ProbeReport report;
    private final PrintStream out;

    ConsoleReport(ProbeReport report, PrintStream out) {
        this.report = report;
        this.out = out;
    }

    void print() {
        out.println("Probed " + report.gateway() + " with " + report.sent() + " requests in "
                + Math.max(1, report.took().toSeconds()) + " s (seed " + report.seed() + ")"
                + (report.upstream() == null ? "." : ", and " + report.upstream() + " behind it."));
        out.println();
        routes();
        shapes();
        findings();
        out.println(summary());
        if (report.incomplete() != null) out.println("Not all was tried: " + report.incomplete() + ".");
    }

    private void routes() {
        line("%-44s %6s  %s", "priced route", "unpaid", "its answer is known by");
        for (RouteState route : report.routes()) {
            String known = switch (route.oracle()) {
                case FINGERPRINT -> "its own words on the upstream";
                case MARKER -> "--marker";
                case COMPARISON -> "being unlike the free pages";
            };
            String note = route.note().isEmpty() ? "" : ": " + route.note();
            String path =
                    route.aim().method() + " " + Escapes.visible(route.aim().path());
            line("%-44s %6d  %s", path, route.status(), known + note);
        }
        report.skipped().forEach(each -> line("%-44s %6s  %s", each.id(), "-", "skipped: " + each.why()));
        out.println();
    }

    private void shapes() {
        if (report.tallies().isEmpty()) return;
        line(
                "%-32s %6s %6s %8s %6s %6s %6s %9s %8s",
                "shape",
                "sent",
                "402",
                "refused",
                "passed",
                "failed",
                "silent",
                report.upstream() == null ? "" : "upstream*",
                "findings");
        report.tallies().forEach(this::shape);
        if (report.upstream() != null) out.println("* served a priced answer when asked directly");
        out.println();
    }

    private void shape(Shape shape, Tally tally) {
        line(
                "%-32s %6d %6d %8d %6d %6d %6d %9s %8d",
                shape.title(),
                tally.sent(),
                tally.count(Outcome.CHALLENGED),
                tally.count(Outcome.REFUSED) + tally.count(Outcome.THROTTLED),
                tally.count(Outcome.PASSED),
                tally.count(Outcome.FAILED),
                tally.count(Outcome.SILENT),
                report.upstream() == null ? "" : String.valueOf(tally.served()),
                tally.findings());
    }

    private void findings() {
        Map<String, List<Finding>> groups = new LinkedHashMap<>();
        for (Finding finding : report.findings()) {
            String head =
                    finding.severity().name() + " " + finding.kind().word().replace('_', ' ') + ": "
                            + finding.trial().shape().title();
            groups.computeIfAbsent(head, key -> new ArrayList<>()).add(finding);
        }
        groups.forEach(this::group);
    }

    private void group(String head, List<Finding> group) {
        out.println(head + (group.size() == 1 ? "" : " (" + group.size() + ")"));
        for (Finding finding : group.subList(0, Math.min(group.size(), MOST_EXAMPLES))) {
            String direct = finding.upstreamStatus() == 0 ? "" : ", directly " + finding.upstreamStatus();
            String status = finding.status() == 0 ? "no answer" : String.valueOf(finding.status());
            out.println("  " + Escapes.request(finding.trial()) + "  ->  " + status + direct);
            out.println("    " + finding.why());
            boolean elsewhere = finding.kind() == Finding.Kind.UPSTREAM_REACHABLE;
            String curl = elsewhere ? "" : Escapes.curl(finding.trial(), report.gateway());
            if (!curl.isEmpty()) out.println("    " + curl);
        }
        int more = group.size() - MOST_EXAMPLES;
        if (more > 0) out.println("  and " + more + " more, all of them in the report of --json");
        String remedy = group.getFirst().remedy();
        if (!remedy.isEmpty()) out.println("  To mend it: " + remedy);
        out.println();
    }

    private String summary() {
        if (report.findings().isEmpty()) return "Nothing found.";
        return "Found: " + report.count(Severity.HIGH) + " high, " + report.count(Severity.MEDIUM) + " medium, "
                + report.count(Severity.LOW) + " low.";
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }
}
