package io.farebox.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.GateListener;
import io.farebox.pricing.ConfigReader;
import io.farebox.pricing.PriceBook;
import io.farebox.probe.Finding;
import io.farebox.probe.Outcome;
import io.farebox.probe.Probe;
import io.farebox.probe.ProbePlan;
import io.farebox.probe.ProbeReport;
import io.farebox.probe.Progress;
import io.farebox.probe.RouteState.Oracle;
import io.farebox.probe.corpus.Aim;
import io.farebox.probe.corpus.Corpus;
import io.farebox.probe.corpus.Shape;
import io.farebox.probe.wire.Address;
import io.farebox.settlement.Farebox;
import io.farebox.testkit.host.Host;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The probe against the filter on live containers: it finds nothing, and would have found something without the filter. */
class ProbeTest {
    private static final int REQUESTS = 5_200;
    private static final List<String> FREE = List.of("/free", "/free/info");

    @TempDir
    private Path folder;

    private final Queue<String> reached = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @MethodSource("io.farebox.servlet.Servers#here")
    void filter_leavesNothingToFind(Servers server) throws Exception {
        var config = ConfigReader.ofProcess().readYaml("farebox.yaml", yaml());
        try (Farebox farebox = Farebox.open(config, GateListener.none());
                Host bare = server.start("", List.of(), servlets(false));
                Host host = server.start("", List.of(new PaymentFilter(farebox.gate())), servlets(true))) {
            ProbeReport report = new Probe(plan(host, bare, PriceBook.from(config)), Progress.NONE).run();
            assertThat(report.findings()).isEmpty();
            assertThat(reached).isEmpty();
            assertThat(report.exitCode()).isZero();
            assertThat(report.sent()).isEqualTo(REQUESTS);
            assertThat(report.routes()).allSatisfy(route -> {
                assertThat(route.payable()).isTrue();
                assertThat(route.oracle()).isEqualTo(Oracle.FINGERPRINT);
            });
            assertThat(report.tallies()).hasSize(Shape.values().length - 1);
            assertThat(report.tallies().get(Shape.LEGAL).count(Outcome.PASSED)).isGreaterThan(500);
        }
    }

    @ParameterizedTest
    @MethodSource("io.farebox.servlet.Servers#here")
    void filter_leavesNothingToSuspect(Servers server) throws Exception {
        var config = ConfigReader.ofProcess().readYaml("farebox.yaml", yaml());
        try (Farebox farebox = Farebox.open(config, GateListener.none());
                Host host = server.start("", List.of(new PaymentFilter(farebox.gate())), servlets(true))) {
            ProbeReport report = new Probe(plan(host, null, PriceBook.from(config)), Progress.NONE).run();
            assertThat(report.findings()).isEmpty();
            assertThat(reached).isEmpty();
            assertThat(report.exitCode()).isZero();
        }
    }

    /** The shapes that were measured against this very container, before a filter that trusts what a target begins with. */
    @Test
    void naiveFilter_isFoundOut() throws Exception {
        try (Host bare = Servers.TOMCAT.start("", List.of(), servlets(false));
                Host host = Servers.TOMCAT.start("", List.of(new NaiveFilter()), servlets(true))) {
            ProbeReport report = new Probe(plan(host, bare, null), Progress.NONE).run();
            assertThat(report.exitCode()).isEqualTo(1);
            assertThat(report.findings())
                    .filteredOn(finding -> finding.kind() == Finding.Kind.REACHED)
                    .extracting(finding -> finding.trial().target())
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
            assertThat(reached).isNotEmpty();
        }
    }

    /** What nobody should write, and everybody has. */
    private static final class NaiveFilter implements Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            String uri = ((HttpServletRequest) request).getRequestURI();
            if (!uri.startsWith("/private") && !uri.startsWith("/api/premium")) {
                chain.doFilter(request, response);
                return;
            }
            ((HttpServletResponse) response).setStatus(402);
            response.getWriter().print("{\"x402Version\":1,\"accepts\":[{\"scheme\":\"exact\"}]}");
        }
    }

    private static ProbePlan plan(Host host, @Nullable Host bare, @Nullable PriceBook prices) throws IOException {
        Address gateway = Address.of(host.base());
        List<Aim> aims = List.of(
                Aim.get("private", "/private", FREE, gateway.authority()),
                Aim.get("deep", "/api/premium/report", FREE, gateway.authority()));
        return new ProbePlan(
                new ProbePlan.Site(gateway, bare == null ? null : Address.of(bare.base())),
                new ProbePlan.Routes(aims, List.of(), FREE, prices, List.of()),
                new ProbePlan.Manner(10_000),
                new Corpus.Extent(REQUESTS, 402, true));
    }

    private Map<String, HttpServlet> servlets(boolean counted) {
        Map<String, HttpServlet> servlets = new LinkedHashMap<>();
        servlets.put("/private", new Speaking("gold silver", counted));
        servlets.put("/private/*", new Speaking("gold silver", counted));
        servlets.put("/api/premium/*", new Speaking("platinum", counted));
        servlets.put("/free/*", new Speaking("lead", false));
        servlets.put("/", new Speaking("sand", false));
        return servlets;
    }

    private final class Speaking extends HttpServlet {
        private static final long serialVersionUID = 1;

        private final String text;
        private final boolean counted;

        private Speaking(String text, boolean counted) {
            this.text = text;
            this.counted = counted;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (counted) reached.add(request.getMethod() + " " + request.getRequestURI());
            response.getWriter().print(text + " at " + System.nanoTime());
        }
    }

    private String yaml() {
        return """
                public-url: http://localhost
                pay-to: { eip155: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8" }
                accept: [farebox-dev/USDC]
                facilitators: [{ id: dev, type: dev }]
                book: { url: "jdbc:h2:file:%s" }
                routes:
                  - { id: private, match: "/private", price: "$0.01" }
                  - { id: deep, match: "/api/premium/{name}", price: "$0.02" }
                  - { id: free, match: "/free/**", free: true }
                """.formatted(folder.resolve("book"));
    }
}
