package io.farebox.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.GateListener;
import io.farebox.pricing.ConfigReader;
import io.farebox.probe.corpus.Aim;
import io.farebox.probe.corpus.Corpus;
import io.farebox.settlement.Farebox;
import io.farebox.testkit.host.Host;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real containers, real price list, targets that people and attackers spell: a priced servlet is never reached, since none of
 * these requests pays. {@code -Dfuzz.targets=5000} for the long run, {@code -Dfuzz.seed=} to repeat one.
 */
class TargetFuzzTest {
    private static final int TARGETS = Integer.getInteger("fuzz.targets", 250);
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get", "FOO");
    private static final Aim PRIVATE = Aim.get("private", "/private", List.of("/free"), "h");

    @TempDir
    private Path folder;

    private final Queue<String> reached = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @MethodSource("io.farebox.servlet.Servers#here")
    void pricedServlet_isNeverReached(Servers server) throws Exception {
        System.out.println("target fuzz: seed " + SEED + ", " + TARGETS + " targets x " + METHODS.size() + " methods");
        try (Farebox farebox =
                        Farebox.open(ConfigReader.ofProcess().readYaml("farebox.yaml", yaml()), GateListener.none());
                Host host = server.start("", List.of(new PaymentFilter(farebox.gate())), servlets())) {
            assertThat(status(host.base(), "GET", "/free/a-b_c.~/%20x")).isEqualTo(200);
            assertThat(status(host.base(), "GET", "/private")).isEqualTo(402);
            int served = 0;
            for (String target : Corpus.targets(PRIVATE, TARGETS, SEED)) {
                for (String method : METHODS) if (status(host.base(), method, target) == 200) served++;
                assertThat(reached).as("unpaid, with seed %d", SEED).isEmpty();
            }
            System.out.println("target fuzz: " + server + " served " + served + " free ones");
            assertThat(served).isPositive();
        }
    }

    /** The status of the answer; 0 if the container hung up without one. */
    private static int status(URI base, String method, String target) throws IOException {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(20_000);
            String request =
                    method + " " + target + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            String head = new String(in.readNBytes(12), StandardCharsets.ISO_8859_1);
            in.readAllBytes();
            return head.length() < 12 ? 0 : Integer.parseInt(head.substring(9, 12));
        } catch (java.net.SocketException e) {
            return 0;
        }
    }

    private Map<String, HttpServlet> servlets() {
        Map<String, HttpServlet> servlets = new LinkedHashMap<>();
        servlets.put("/private", new Counting(true));
        servlets.put("/private/*", new Counting(true));
        servlets.put("/free/*", new Counting(false));
        servlets.put("/", new Counting(false));
        return servlets;
    }

    private final class Counting extends HttpServlet {
        private static final long serialVersionUID = 1;

        private final boolean priced;

        private Counting(boolean priced) {
            this.priced = priced;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (priced) reached.add(request.getMethod() + " " + request.getRequestURI());
            response.getWriter().print("ok");
        }
    }

    private String yaml() {
        List<String> lines = new ArrayList<>(List.of(
                "public-url: http://localhost",
                "pay-to: { eip155: \"0x70997970C51812dc3A010C7d01b50e0d17dc79C8\" }",
                "accept: [farebox-dev/USDC]",
                "facilitators: [{ id: dev, type: dev }]",
                "book: { url: \"jdbc:h2:file:" + folder.resolve("book") + "\" }",
                "routes:",
                "  - { id: private, match: \"/private\", price: \"$0.01\" }",
                "  - { id: free, match: \"/free/**\", free: true }"));
        return String.join("\n", lines);
    }
}
