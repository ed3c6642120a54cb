package io.farebox.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.farebox.analytics.FacilitatorsUp;
import io.farebox.analytics.OpenPayments;
import io.farebox.analytics.PaymentMeter;
import io.farebox.analytics.PaymentMeters;
import io.farebox.gate.GateEvent;
import io.farebox.gate.Shelf;
import io.farebox.gate.Tally;
import io.farebox.x402.Network;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The alerts and the dashboard ask for series, labels and values that Farebox has. */
class WatchingTest {
    private static final Network BASE = new Network("eip155:8453");
    private static final Pattern SELECTED = Pattern.compile("\\b(farebox_[a-z_]+)(?:\\{([^}]*)\\})?");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)=~?\"([^\"]*)\"");
    private static final Pattern GROUPED = Pattern.compile("by \\(([^)]*)\\)");
    private static final Pattern SERIES = Pattern.compile("(?m)^(farebox_[a-z_]+)(?:\\{(.*)\\})? ");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

    /** What Prometheus adds by itself. */
    private static final Set<String> OF_THE_SCRAPE = Set.of("job", "le");

    /** By name of a series, its labels and their values. */
    private final Map<String, Map<String, Set<String>>> there = scraped();

    @Test
    void alerts_lookAtWhatThereIs() throws IOException {
        Object alerts = new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(Path.of("farebox/files/alerts.yaml")));
        JsonNode rules = new ObjectMapper().valueToTree(alerts).at("/groups/0/rules");
        assertThat(rules).hasSizeGreaterThanOrEqualTo(10);
        for (JsonNode rule : rules) {
            looksAtWhatThereIs(rule.path("expr").asText());
            assertThat(rule.path("annotations").path("summary").asText()).isNotBlank();
            assertThat(rule.path("labels").path("severity").asText()).isIn("critical", "warning", "info");
        }
    }

    @Test
    void dashboard_looksAtWhatThereIs() throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(Path.of("farebox/files/dashboard.json").toFile());
        List<String> asked = new ArrayList<>();
        dashboard.findValues("expr").forEach(expression -> asked.add(expression.asText()));
        assertThat(asked).hasSizeGreaterThan(15).allSatisfy(this::looksAtWhatThereIs);
        assertThat(dashboard.path("panels").findValuesAsText("id")).doesNotHaveDuplicates();
    }

    @Test
    void everyMeter_isOnTheDashboard() throws IOException {
        String dashboard = new ObjectMapper()
                .readTree(Path.of("farebox/files/dashboard.json").toFile())
                .toString();
        for (PaymentMeter meter : PaymentMeter.values())
            assertThat(dashboard).contains(meter.id().replace('.', '_'));
    }

    @Test
    void misspelledSeries_isNoticed() {
        assertThat(wrong("rate(farebox_payment_total[5m])")).isNotEmpty();
        assertThat(wrong("farebox_payments_total{step=\"setled\"}")).isNotEmpty();
        assertThat(wrong("sum by (rout) (farebox_payments_total)")).isNotEmpty();
        assertThat(wrong("sum by (route) (farebox_payments_total{step=\"settled\"})"))
                .isEmpty();
    }

    private void looksAtWhatThereIs(String expression) {
        assertThat(wrong(expression)).as(expression).isEmpty();
        assertThat(SELECTED.matcher(expression).find()).as(expression).isTrue();
    }

    private List<String> wrong(String expression) {
        List<String> wrong = new ArrayList<>();
        Set<String> labels = new HashSet<>(OF_THE_SCRAPE);
        for (Matcher selected = SELECTED.matcher(expression); selected.find(); ) {
            Map<String, Set<String>> series = there.get(selected.group(1));
            if (series == null) {
                wrong.add("no series " + selected.group(1));
                continue;
            }
            labels.addAll(series.keySet());
            if (selected.group(2) != null) wrong.addAll(wrongLabels(series, selected.group(2)));
        }
        for (Matcher grouped = GROUPED.matcher(expression); grouped.find(); )
            for (String label : grouped.group(1).split(", "))
                if (!labels.contains(label)) wrong.add("no label " + label);
        return wrong;
    }

    private static List<String> wrongLabels(Map<String, Set<String>> series, String matchers) {
        List<String> wrong = new ArrayList<>();
        for (Matcher matcher = MATCHER.matcher(matchers); matcher.find(); ) {
            if (matcher.group(1).equals("job")) continue;
            Set<String> values = series.getOrDefault(matcher.group(1), Set.of());
            for (String value : matcher.group(2).split("\\|"))
                if (!values.contains(value)) wrong.add("no " + matcher.group(1) + " is " + value);
        }
        return wrong;
    }

    private static Map<String, Map<String, Set<String>>> scraped() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        PaymentMeters meters = new PaymentMeters(registry);
        events().forEach(meters::on);
        new OpenPayments(() -> List.of(new Tally(Shelf.OWED, BASE, "0xa", 1, BigInteger.TEN, Instant.EPOCH, false)))
                .bindTo(registry);
        new FacilitatorsUp(() -> Map.of("payai", true)).bindTo(registry);
        Map<String, Map<String, Set<String>>> there = new HashMap<>();
        for (Matcher series = SERIES.matcher(registry.scrape()); series.find(); ) {
            Map<String, Set<String>> labels = there.computeIfAbsent(series.group(1), name -> new HashMap<>());
            if (series.group(2) == null) continue;
            for (Matcher label = LABEL.matcher(series.group(2)); label.find(); )
                labels.computeIfAbsent(label.group(1), name -> new HashSet<>()).add(label.group(2));
        }
        return there;
    }

    private static List<GateEvent> events() {
        List<GateEvent> events = new ArrayList<>();
        for (GateEvent.Passed.Why why : GateEvent.Passed.Why.values()) events.add(new GateEvent.Passed("risk", why));
        events.addAll(List.of(
                new GateEvent.Challenged("risk"),
                new GateEvent.Attempted("risk", 2),
                new GateEvent.Refused("risk", 2, 402, "insufficient_funds"),
                new GateEvent.Unavailable("risk", "book_unavailable"),
                new GateEvent.Claimed("risk", "id"),
                new GateEvent.Verified("risk", "payai", true, Duration.ofMillis(5)),
                new GateEvent.FacilitatorFailed("risk", "payai", "timeout"),
                new GateEvent.Settled("risk", "id", "payai", BASE, "0xa", BigInteger.TEN, Duration.ofMillis(5)),
                new GateEvent.SettleFailed("risk", "id", "payai", "insufficient_funds"),
                new GateEvent.SettleUnknown("risk", "id", "payai", "timeout"),
                new GateEvent.Delivered("risk", "id")));
        return events;
    }
}
