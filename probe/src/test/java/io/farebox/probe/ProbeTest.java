package io.farebox.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farebox.gate.Header;
import io.farebox.probe.Finding.Kind;
import io.farebox.probe.Finding.Severity;
import io.farebox.probe.ProbePlan.Manner;
import io.farebox.probe.ProbePlan.Routes;
import io.farebox.probe.ProbePlan.Site;
import io.farebox.probe.RouteState.Oracle;
import io.farebox.probe.corpus.Aim;
import io.farebox.probe.corpus.Corpus.Extent;
import io.farebox.probe.corpus.Shape;
import io.farebox.probe.wire.Address;
import io.farebox.testkit.host.WireServer;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The probe against sites that leak, refuse, lie, hang and die, each in its own way. */
class ProbeTest {
    private static final List<String> FREE = List.of("/free");
    private static final Manner FAST = new Manner(10_000);

    private final List<WireServer> servers = new java.util.ArrayList<>();
    private Extent extent = new Extent(1_500, 402, false);
    private Manner manner = FAST;
    private List<String> markers = List.of();

    @AfterEach
    void stop() {
        servers.forEach(WireServer::close);
    }

    @Test
    void tightGateway_passes() throws Exception {
        extent = new Extent(5_000, 402, false);
        ProbeReport report = probe(start(Sites::tight), start(Sites::server));
        assertThat(report.findings()).isEmpty();
        assertThat(report.exitCode()).isZero();
        assertThat(report.sent()).isEqualTo(5_000);
        assertThat(report.routes()).singleElement().satisfies(route -> {
            assertThat(route.payable()).isTrue();
            assertThat(route.oracle()).isEqualTo(Oracle.FINGERPRINT);
        });
        // The server behind it would have served hundreds of these.
        assertThat(report.tallies().values().stream().mapToInt(Tally::served).sum())
                .isGreaterThan(300);
    }

    @Test
    void tightGateway_passes_withoutItsServer() throws Exception {
        extent = new Extent(5_000, 403, false);
        assertThat(probe(start(Sites::tight), null).findings()).isEmpty();
    }

    @Test
    void leakyGateway_isFoundOut() throws Exception {
        ProbeReport report = probe(start(Sites::leaky), start(Sites::server));
        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(targets(report, Kind.REACHED))
                .contains(
                        "//private",
                        "/./private",
                        "/free/../private",
                        "/free/%2e%2e/private",
                        "/%2e/private",
                        "/free/..;/private",
                        "/free/..;x/private",
                        "/free/%2e%2e;/private",
                        "/free//../private",
                        "/free/x/%2e%2e/%2e%2e/private",
                        "/;a=b/private");
        // A tunnel is all that is left to suspicion.
        assertThat(report.findings())
                .allMatch(finding -> finding.kind() == Kind.REACHED
                        || finding.trial().method().equals("CONNECT"));
        assertThat(report.findings())
                .extracting(finding -> finding.trial().shape())
                .contains(Shape.MIXED);
    }

    @Test
    void leakyGateway_isSuspicious_withoutItsServer() throws Exception {
        ProbeReport report = probe(start(Sites::leaky), null);
        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(report.count(Severity.HIGH)).isZero();
        assertThat(targets(report, Kind.SUSPICIOUS)).contains("//private", "/free/..;/private", "/;a=b/private");
    }

    @Test
    void leakyGateway_isFoundOut_byAMarker() throws Exception {
        markers = List.of("gold silver");
        ProbeReport report = probe(start(Sites::leaky), null);
        assertThat(targets(report, Kind.REACHED)).contains("//private", "/free/..;/private", "/;a=b/private");
        assertThat(ReportJson.write(report)).doesNotContain("gold silver");
    }

    @Test
    void freeHead_isFoundOut() throws Exception {
        ProbeReport report =
                probe(start(head -> head.startsWith("HEAD ") ? Sites.server(head) : Sites.tight(head)), null);
        assertThat(report.findings())
                .isNotEmpty()
                .allMatch(finding -> finding.trial().method().equals("HEAD"));
        assertThat(targets(report, Kind.REACHED)).contains("/private");
    }

    @Test
    void lowerCaseMethod_isFoundOut() throws Exception {
        ProbeReport report = probe(
                start(head -> head.startsWith("get ") ? Sites.server(head) : Sites.tight(head)), start(Sites::server));
        assertThat(report.findings())
                .isNotEmpty()
                .allMatch(finding -> finding.trial().method().equals("get"));
    }

    @Test
    void rewritingHeader_isFoundOut() throws Exception {
        extent = new Extent(8_000, 402, false);
        ProbeReport report = probe(
                start(head -> head.contains("\r\nX-Original-URL: /private\r\n")
                        ? WireServer.page(200, Sites.GOLD)
                        : Sites.tight(head)),
                start(Sites::server));
        assertThat(report.findings())
                .isNotEmpty()
                .allMatch(finding -> finding.trial().shape() == Shape.REWRITE_HEADERS);
    }

    @Test
    void refusedLegalUrl_isAFinding() throws Exception {
        ProbeReport known = probe(start(Sites.refusing("%C3%A9")), start(Sites::server));
        assertThat(known.exitCode()).isEqualTo(1);
        assertThat(targets(known, Kind.LEGAL_REFUSED)).isNotEmpty().allMatch(target -> target.contains("%C3%A9"));
        assertThat(known.findings()).allMatch(finding -> finding.severity() == Severity.MEDIUM);
        // Who knows whether it was the gateway.
        ProbeReport unknown = probe(start(Sites.refusing("%C3%A9")), null);
        assertThat(unknown.findings()).isNotEmpty().allMatch(finding -> finding.severity() == Severity.LOW);
        assertThat(unknown.exitCode()).isZero();
        // The server itself refuses them.
        assertThat(probe(start(Sites.refusing("%C3%A9")), start(Sites.refusing("%C3%A9")))
                        .findings())
                .isEmpty();
    }

    @Test
    void openRoute_isFoundAtOnce() throws Exception {
        ProbeReport report = probe(start(Sites::server), null);
        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(report.sent()).isZero();
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.REACHED);
            assertThat(finding.trial().shape()).isEqualTo(Shape.PLAIN);
        });
    }

    @Test
    void unpayableChallenge_isAFinding() throws Exception {
        Function<String, String> gateway = head -> {
            String answer = Sites.tight(head);
            return answer.startsWith("HTTP/1.1 402") ? WireServer.page(402, "{\"accepts\":[]}") : answer;
        };
        assertThat(probe(start(gateway), null).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.kind()).isEqualTo(Kind.NO_CHALLENGE));
    }

    @Test
    void challengeThatRepeatsTheHost_isAFinding() throws Exception {
        extent = new Extent(8_000, 402, false);
        Function<String, String> gateway = head -> {
            String answer = Sites.tight(head);
            int host = head.indexOf("X-Forwarded-Host: ");
            if (host < 0 || !answer.startsWith("HTTP/1.1 402")) return answer;
            String name = head.substring(host + 18, head.indexOf('\r', host));
            return WireServer.page(402, "{\"accepts\":[{\"resource\":\"https://" + name + "/private\"}]}");
        };
        assertThat(probe(start(gateway), null).findings())
                .isNotEmpty()
                .allMatch(finding -> finding.kind() == Kind.SPOOFED_NAME);
    }

    @Test
    void failingGateway_isNoted() throws Exception {
        Function<String, String> gateway =
                head -> WireServer.target(head).contains("%00") ? WireServer.page(500, "oops") : Sites.tight(head);
        ProbeReport report = probe(start(gateway), start(Sites::server));
        assertThat(report.findings()).isNotEmpty().allMatch(finding -> finding.kind() == Kind.SERVER_ERROR);
        assertThat(report.exitCode()).isZero();
    }

    @Test
    void openBackDoor_isAFinding() throws Exception {
        WireServer door = start(Sites::server);
        WireServer gone = start(Sites::server);
        Address closed = Address.of(gone.base());
        gone.close();
        Address gateway = Address.of(start(Sites::tight).base());
        Site site = new Site(gateway, null, List.of(Address.of(door.base()), closed), "");
        ProbeReport report = new Probe(new ProbePlan(site, routes(gateway), FAST, extent), Progress.NONE).run();
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.UPSTREAM_REACHABLE);
            assertThat(finding.why()).contains(door.base().toString());
        });
    }

    @Test
    void redirects_areNotFollowed() throws Exception {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        WireServer other = start(head -> {
            seen.add(head);
            return "";
        });
        String redirect = "HTTP/1.1 302 X\r\nLocation: " + other.base() + "/private\r\nContent-Length: 0\r\n\r\n";
        ProbeReport report =
                probe(start(head -> WireServer.target(head).startsWith("/free") ? redirect : Sites.tight(head)), null);
        assertThat(report.findings()).isEmpty();
        assertThat(seen).isEmpty();
    }

    @Test
    void headersOfThePlan_areSentAndNotReported() throws Exception {
        manner = new Manner(
                List.of(new Header("Authorization", "Bearer s3cret")),
                10_000,
                Duration.ofSeconds(10),
                Duration.ofMinutes(1));
        Set<Boolean> sent = ConcurrentHashMap.newKeySet();
        ProbeReport report = probe(
                start(head -> {
                    sent.add(head.contains("\r\nAuthorization: Bearer s3cret\r\n"));
                    return Sites.leaky(head);
                }),
                null);
        assertThat(sent).containsExactly(true);
        assertThat(report.findings()).isNotEmpty();
        assertThat(ReportJson.write(report)).doesNotContain("s3cret");
    }

    @Test
    void dyingGateway_endsTheRun() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        ProbeReport report = probe(start(head -> asked.incrementAndGet() > 400 ? "" : Sites.tight(head)), null);
        assertThat(report.incomplete()).contains("stopped answering");
        assertThat(report.exitCode()).isEqualTo(2);
        assertThat(report.sent()).isLessThan(600);
    }

    @Test
    void throttlingGateway_endsTheRun() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        ProbeReport report = probe(
                start(head -> asked.incrementAndGet() > 100 ? WireServer.page(429, "slow") : Sites.tight(head)), null);
        assertThat(report.incomplete()).contains("--rate");
        assertThat(report.exitCode()).isEqualTo(2);
    }

    @Test
    void gatewayThatChangesItsMind_provesNothing() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        ProbeReport report = probe(
                start(head -> asked.incrementAndGet() > 800 ? WireServer.page(403, "blocked") : Sites.tight(head)),
                null);
        assertThat(report.incomplete()).contains("402 at the beginning and 403 at the end");
        assertThat(report.exitCode()).isEqualTo(2);
    }

    @Test
    void timeIsBounded() throws Exception {
        manner = new Manner(List.of(), 50, Duration.ofSeconds(10), Duration.ofMillis(700));
        ProbeReport report = probe(start(Sites::tight), null);
        assertThat(report.incomplete()).contains("--max-time");
        assertThat(report.sent()).isBetween(1, 60);
    }

    @Test
    void hangingTargets_doNotHoldTheRunUp() throws Exception {
        manner = new Manner(List.of(), 10_000, Duration.ofMillis(300), Duration.ofMinutes(5));
        extent = new Extent(400, 402, false);
        ProbeReport report = probe(start(head -> head.startsWith("CONNECT ") ? null : Sites.tight(head)), null);
        assertThat(report.incomplete()).isNull();
        assertThat(report.tallies().get(Shape.METHODS).count(Outcome.SILENT)).isPositive();
    }

    @Test
    void gatewayThatIsNone_isToldApart() throws Exception {
        manner = new Manner(List.of(), 10_000, Duration.ofMillis(300), Duration.ofMinutes(5));
        assertThatThrownBy(() -> probe(start(head -> null), null))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("did not answer within 300 ms");
        assertThatThrownBy(() -> probe(start(head -> "SSH-2.0-x\r\n"), null))
                .hasMessageContaining("does not speak HTTP");
        assertThatThrownBy(() -> probe(start(head -> ""), null)).hasMessageContaining("closed the connection");
        WireServer gone = start(Sites::tight);
        Address address = Address.of(gone.base());
        gone.close();
        Site site = new Site(address, null);
        assertThatThrownBy(() -> new Probe(new ProbePlan(site, routes(address), FAST, extent), Progress.NONE).run())
                .hasMessageContaining("cannot be reached");
        assertThatThrownBy(() -> probe(start(Sites::tight), gone)).hasMessageContaining("--upstream");
    }

    @Test
    void indistinctAnswers_areSaid() throws Exception {
        ProbeReport same = probe(start(Sites::tight), start(head -> WireServer.page(200, "front page")));
        assertThat(same.routes().getFirst().note()).contains("--marker");
        ProbeReport missing = probe(start(Sites::tight), start(head -> WireServer.page(404, "front page")));
        assertThat(missing.routes().getFirst().note()).contains("404").contains("--path");
    }

    @Test
    void json_hasTheDocumentedForm() throws Exception {
        JsonObject json = Json.readObject(ReportJson.write(probe(start(Sites::leaky), start(Sites::server))));
        assertThat(json.members())
                .containsOnlyKeys(
                        "schema",
                        "gateway",
                        "upstream",
                        "started",
                        "seconds",
                        "seed",
                        "complete",
                        "exitCode",
                        "sent",
                        "routes",
                        "skipped",
                        "shapes",
                        "findings");
        assertThat(json.string("schema")).isEqualTo("farebox-probe/1");
        assertThat(json.bool("complete")).isTrue();
        assertThat(json.objects("routes").getFirst().members())
                .containsOnlyKeys("id", "method", "path", "status", "payable", "oracle");
        assertThat(json.objects("shapes").getFirst().members())
                .containsOnlyKeys(
                        "shape",
                        "sent",
                        "challenged",
                        "refused",
                        "passed",
                        "throttled",
                        "failed",
                        "silent",
                        "servedByUpstream",
                        "findings");
        assertThat(json.objects("findings").getFirst().members())
                .containsOnlyKeys(
                        "kind",
                        "severity",
                        "shape",
                        "route",
                        "method",
                        "target",
                        "version",
                        "host",
                        "headers",
                        "status",
                        "upstreamStatus",
                        "why",
                        "remedy");
    }

    private WireServer start(Function<String, String> answers) throws IOException {
        WireServer server = WireServer.start(answers::apply);
        servers.add(server);
        return server;
    }

    private ProbeReport probe(WireServer gateway, WireServer upstream) throws Exception {
        Address address = Address.of(gateway.base());
        Site site = new Site(address, upstream == null ? null : Address.of(upstream.base()));
        return new Probe(new ProbePlan(site, routes(address), manner, extent), Progress.NONE).run();
    }

    private Routes routes(Address gateway) {
        Aim aim = Aim.get("private", "/private", FREE, gateway.authority());
        return new Routes(List.of(aim), List.of(), FREE, null, markers);
    }

    private static Set<String> targets(ProbeReport report, Kind kind) {
        return report.findings().stream()
                .filter(finding -> finding.kind() == kind)
                .map(finding -> finding.trial().target())
                .collect(Collectors.toSet());
    }
}
