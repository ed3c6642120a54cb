package io.farebox.app.command.audit;

import io.farebox.app.command.desk.Table;
import io.farebox.app.command.desk.Units;
import io.farebox.chain.lookup.PaidTransfer;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A report as people and as programs read it. */
public final class AuditText {
    private final Units units;

    public AuditText(Units units) {
        this.units = units;
    }

    /** Lines for people. */
    public List<String> lines(AuditReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(units.network(report.network()) + ", blocks " + report.from() + " to " + report.to());
        for (AssetSum sum : report.sums()) lines.add("  " + line(report, sum));
        if (report.sums().isEmpty()) lines.add("  no payments");
        for (Finding.Kind kind : Finding.Kind.values()) {
            List<Finding> of = report.findings().stream()
                    .filter(finding -> finding.kind() == kind)
                    .toList();
            if (!of.isEmpty()) found(report, kind, of, lines);
        }
        if (!report.others().isEmpty()) others(report, lines);
        return lines;
    }

    private String line(AuditReport report, AssetSum sum) {
        return "book " + amount(report, sum.asset(), sum.book()) + " in " + sum.bookCount() + " payments, chain "
                + amount(report, sum.asset(), sum.chain()) + " in " + sum.chainCount() + " transfers, difference "
                + amount(report, sum.asset(), sum.difference());
    }

    private void found(AuditReport report, Finding.Kind kind, List<Finding> of, List<String> lines) {
        lines.add("  " + kind.words() + ": " + of.size() + (kind.isExplained() ? " (explained)" : ""));
        Table table = new Table("PAYMENT", "AMOUNT", "TRANSACTION", "PAYER");
        for (Finding each : of)
            table.add(
                    each.payment().isEmpty() ? "-" : each.payment(),
                    amount(report, each.asset(), each.amount()),
                    each.transaction(),
                    each.payer().isEmpty() ? "-" : each.payer());
        table.lines().forEach(line -> lines.add("    " + line));
    }

    private void others(AuditReport report, List<String> lines) {
        lines.add("  other transfers, which are no x402 payments: "
                + report.others().size());
        Table table = new Table("AMOUNT", "TRANSACTION", "FROM");
        for (PaidTransfer each : report.others())
            table.add(amount(report, each.asset(), each.amount()), each.transaction(), each.payer());
        table.lines().forEach(line -> lines.add("    " + line));
    }

    private String amount(AuditReport report, String asset, BigInteger amount) {
        return units.amount(report.network(), asset, amount);
    }

    /** For programs: amounts are texts, in atomic units. */
    public static Map<String, Object> json(AuditReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("network", report.network());
        json.put("from", report.from());
        json.put("to", report.to());
        json.put("explained", report.isExplained());
        json.put("assets", report.sums().stream().map(AuditText::json).toList());
        json.put("findings", report.findings().stream().map(AuditText::json).toList());
        json.put("others", report.others().stream().map(AuditText::json).toList());
        return json;
    }

    private static Map<String, Object> json(AssetSum sum) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("asset", sum.asset());
        json.put("book", sum.book().toString());
        json.put("bookCount", sum.bookCount());
        json.put("chain", sum.chain().toString());
        json.put("chainCount", sum.chainCount());
        json.put("difference", sum.difference().toString());
        return json;
    }

    private static Map<String, Object> json(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", finding.kind().name().toLowerCase(Locale.ROOT));
        json.put("payment", finding.payment());
        json.put("asset", finding.asset());
        json.put("amount", finding.amount().toString());
        json.put("transaction", finding.transaction());
        json.put("payer", finding.payer());
        return json;
    }

    private static Map<String, Object> json(PaidTransfer other) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("asset", other.asset());
        json.put("amount", other.amount().toString());
        json.put("transaction", other.transaction());
        json.put("payer", other.payer());
        json.put("payee", other.payee());
        json.put("block", other.block());
        return json;
    }
}
