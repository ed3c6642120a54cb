package io.farebox.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.GateListener;
import io.farebox.pricing.ConfigReader;
import io.farebox.probe.Probe;
import io.farebox.probe.ProbePlan;
import io.farebox.probe.ProbeReport;
import io.farebox.probe.corpus.Aim;
import io.farebox.probe.corpus.Corpus;
import io.farebox.probe.wire.Address;
import io.farebox.settlement.Farebox;
import io.farebox.testkit.host.Host;
import io.farebox.testkit.host.RawHttp;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Targets, methods and headers that a gateway and the server behind it may read in different ways, in front of servers that do:
 * no priced servlet is ever reached unpaid, and no plain legal URL is refused. {@code -Dfuzz.targets=5000} for the long run,
 * {@code -Dfuzz.seed=} to repeat one.
 */
class TargetFuzzTest {
    private static final int REQUESTS = 8 * Integer.getInteger("fuzz.targets", 250);
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());

    /** What the gateway adds: the probe asks the server itself too, to learn what its answers look like. */
    private static final String VIA = "X-Via-Gateway";

    @TempDir
    private Path folder;

    private final Queue<String> reached = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @EnumSource
    void pricedServlet_isNeverReached(ServletUpstream server) throws Exception {
        Host upstream = server.start(servlets()); // closed with the gateway
        try (Farebox farebox =
                        Farebox.open(ConfigReader.ofProcess().readYaml("farebox.yaml", yaml()), GateListener.none());
                Host gateway = TestGateway.inFrontOf(
                        upstream,
                        farebox.gate(),
                        "--spring.cloud.gateway.server.webflux.default-filters[0]=AddRequestHeader=" + VIA + ", yes")) {
            assertThat(RawHttp.get(gateway.base(), "/free/a-b_c.~/%20x").status())
                    .isEqualTo(200);
            assertThat(RawHttp.get(gateway.base(), "/private").status()).isEqualTo(402);
            ProbeReport report = probe(gateway, upstream);
            System.out.println("target fuzz: " + server + " seed " + SEED + " " + report.tallies());
            assertThat(reached).as("unpaid, with seed %d", SEED).isEmpty();
            assertThat(report.findings()).as("with seed %d", SEED).isEmpty();
            assertThat(report.incomplete()).isNull();
        }
    }

    private static ProbeReport probe(Host gateway, Host upstream) throws Exception {
        var site = new ProbePlan.Site(Address.of(gateway.base()), Address.of(upstream.base()));
        var routes = new ProbePlan.Routes(
                List.of(Aim.get("private", "/private", List.of("/free/x"), "localhost")), List.of("/free/x"));
        var plan = new ProbePlan(site, routes, new ProbePlan.Manner(100_000), new Corpus.Extent(REQUESTS, SEED, true));
        return new Probe(plan, (done, all, findings) -> {}).run();
    }

    private Map<String, HttpServlet> servlets() {
        Map<String, HttpServlet> servlets = new LinkedHashMap<>();
        servlets.put("/private", new Telling("PREMIUM", true));
        servlets.put("/private/*", new Telling("PREMIUM", true));
        servlets.put("/free/*", new Telling("free", false));
        servlets.put("/", new Telling("other", false));
        return servlets;
    }

    private final class Telling extends HttpServlet {
        private static final long serialVersionUID = 1;

        private final String text;
        private final boolean priced;

        private Telling(String text, boolean priced) {
            this.text = text;
            this.priced = priced;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (priced && request.getHeader(VIA) != null)
                reached.add(request.getMethod() + " " + request.getRequestURI());
            response.setContentType("text/plain");
            response.getWriter().print("What " + text + " has to say.");
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
                  - { id: free, match: "/free/**", free: true }
                """.formatted(folder.resolve("book"));
    }
}
