package io.farebox.app.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.gate.RequestFirewall;
import io.farebox.testkit.host.WireServer;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbeCommandTest {
    private static final String CHALLENGE = "{\"x402Version\":1,\"accepts\":[{\"scheme\":\"exact\"}]}";

    @TempDir
    private Path folder;

    private final List<WireServer> servers = new ArrayList<>();
    private final Set<String> lines = ConcurrentHashMap.newKeySet();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @AfterEach
    void stop() {
        servers.forEach(WireServer::close);
    }

    @Test
    void tightGateway_is0() throws Exception {
        int code = run(url(ProbeCommandTest::tight), "--config", config(), "--upstream", url(ProbeCommandTest::server));
        assertThat(code).as(out()).isZero();
        assertThat(out())
                .contains("with 1200 requests", "GET /exploits", "its own words on the upstream", "Nothing found.")
                .contains("skipped: POST may change something; see --unsafe-methods");
        assertThat(lines).noneMatch(line -> line.startsWith("POST"));
        assertThat(err()).contains("none of which pays", "  600 of 1200, 0 findings");
    }

    @Test
    void leakyGateway_is1_andBothReportsSayWhy() throws Exception {
        Path json = folder.resolve("report.json");
        int code = run(
                url(ProbeCommandTest::leaky),
                "--config=" + config(),
                "--upstream",
                url(ProbeCommandTest::server),
                "--json",
                json.toString());
        assertThat(code).isEqualTo(1);
        assertThat(out())
                .contains(
                        "HIGH reached: doubled slashes",
                        "GET //exploits  ->  200, directly 200",
                        "Refuse // before routing")
                .contains("curl -i --path-as-is --request-target '//exploits' http://127.0.0.1:");
        JsonObject report = Json.readObject(Files.readString(json));
        assertThat(report.integer("exitCode")).isEqualTo(1);
        assertThat(report.integer("sent")).isEqualTo(1200);
        assertThat(report.objects("findings"))
                .anySatisfy(finding -> assertThat(finding.string("target")).isEqualTo("//exploits"));
        assertThat(report.objects("skipped").getFirst().string("id")).isEqualTo("report");
    }

    @Test
    void pathsAreEnough() throws Exception {
        String gateway = url(ProbeCommandTest::leaky);
        assertThat(run(gateway, "--path", "/exploits", "--free", "/health")).isEqualTo(1);
        assertThat(out()).contains("MEDIUM suspicious", "being unlike the free pages");
        assertThat(run(gateway, "--path", "/exploits", "--marker", "CVE-2026")).isEqualTo(1);
        assertThat(out()).contains("HIGH reached", "--marker").doesNotContain("CVE-2026");
    }

    /** The price list calls the path free, and the server serves what the header says. */
    @Test
    void headerThatLeadsElsewhere_isSuspicious() throws Exception {
        String gateway = url(head -> head.contains("\r\nX-Rewrite-URL: /exploits\r\n")
                ? WireServer.page(200, "CVE-2026 feed")
                : tight(head));
        assertThat(run(gateway, "--config", config(), "--targets", "8000")).isEqualTo(1);
        assertThat(out()).contains("MEDIUM suspicious: rewriting headers", "GET /health [X-Rewrite-URL: /exploits]");
    }

    @Test
    void observing_isSaid() throws Exception {
        Path file = Path.of(config());
        Files.writeString(file, Files.readString(file) + "mode: observe\n");
        assertThat(run(url(ProbeCommandTest::server), "--config", file.toString()))
                .isEqualTo(1);
        assertThat(err()).contains("mode is observe");
        assertThat(out()).contains("HIGH reached: the route as it is (2)", "in mode enforce");
    }

    @Test
    void backDoor_isTold() throws Exception {
        String door = url(ProbeCommandTest::server);
        assertThat(run(url(ProbeCommandTest::tight), "--path", "/exploits", "--must-refuse", door))
                .isEqualTo(1);
        assertThat(out()).contains("HIGH upstream reachable", door + " takes connections from here");
    }

    @Test
    void routesThatHeadersMayOpen_areLeftOut() throws Exception {
        Path file = Path.of(config());
        String yaml = Files.readString(file);
        Files.writeString(file, yaml.replace("price: \"$0.02\"", "price: \"$0.02\", free-for: authenticated"));
        run(url(ProbeCommandTest::tight), "--config", file.toString(), "--header", "Authorization: x");
        assertThat(out()).contains("skipped: free-for: authenticated");
    }

    @Test
    void examplesOfVariables_areTakenFromPaths() throws Exception {
        String gateway = url(ProbeCommandTest::tight);
        run(gateway, "--config", config(), "--path", "/protocols/aave/risk", "--targets", "50");
        assertThat(out()).contains("GET /protocols/aave/risk ").doesNotContain("/protocols/1/risk");
        run(gateway, "--config", config(), "--targets", "50");
        assertThat(out()).contains("GET /protocols/1/risk ");
    }

    @Test
    void contextPath_standsBeforeEverything() throws Exception {
        String gateway = url(head -> WireServer.target(head).startsWith("/ctx/exploits") ? challenge() : server(head));
        assertThat(run(gateway + "/ctx/", "--config", config(), "--targets", "50", "--path", "/exploits"))
                .isEqualTo(1);
        assertThat(lines).anyMatch(line -> line.startsWith("GET //ctx/exploits "));
    }

    @Test
    void unsafeMethods_areSentIfAllowed() throws Exception {
        run(url(ProbeCommandTest::tight), "--config", config(), "--unsafe-methods");
        assertThat(lines).anyMatch(line -> line.startsWith("POST /reports "));
        assertThat(out()).contains("POST /reports ");
    }

    @Test
    void headers_areSentAndNeverShown() throws Exception {
        Path json = folder.resolve("report.json");
        String gateway = url(ProbeCommandTest::leaky);
        run(gateway, "--path", "/exploits", "--header", "Authorization: Bearer s3cret", "--json", json.toString());
        assertThat(lines).anyMatch(line -> line.contains("Authorization: Bearer s3cret"));
        assertThat(out() + err() + Files.readString(json)).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "| There is no URL",
                "http://127.0.0.1:1 http://127.0.0.1:2 | Two URLs",
                "ftp://127.0.0.1 --path /a | no address",
                "127.0.0.1:80 --path /a | no address",
                "http://u:p@127.0.0.1 --path /a | no address",
                "http://127.0.0.1/?a --path /a | no address",
                "http://127.0.0.1/a/../b --path /a | is not plain",
                "http://127.0.0.1:1 | What is priced there?",
                "http://127.0.0.1:1 --frobnicate | There is no option --frobnicate",
                "http://127.0.0.1:1 --path | needs a value",
                "http://127.0.0.1:1 --path a | is no plain path",
                "http://127.0.0.1:1 --path /a/../b | is no plain path",
                "http://127.0.0.1:1 --path /a?b | is no plain path",
                "http://127.0.0.1:1 --path /a --targets 0 | a number from 1 to 200000",
                "http://127.0.0.1:1 --path /a --targets many | a number from 1 to 200000",
                "http://127.0.0.1:1 --path /a --rate 1000000 | a number from 1 to 10000",
                "http://127.0.0.1:1 --path /a --seed x | a whole number",
                "http://127.0.0.1:1 --path /a --timeout soon | a duration",
                "http://127.0.0.1:1 --path /a --timeout 0s | a duration",
                "http://127.0.0.1:1 --path /a --marker x | three characters",
                "http://127.0.0.1:1 --path /a --header nothing | write 'Name: value'",
                "http://127.0.0.1:1 --path /a --header X-PAYMENT:abc | never pays",
                "http://127.0.0.1:1 --path /a --header Payment-Signature:abc | never pays",
                "http://127.0.0.1:1 --path /a --upstream http://127.0.0.1:2/b | a path of its own",
                "http://127.0.0.1:1 --path /a --json /nonexistent/x.json | cannot be written",
                "http://127.0.0.1:1 --config /nonexistent.yaml | cannot be read",
                "http://farebox-probe.invalid --path /a | is not known here",
                "http://127.0.0.1:1 --path /a | cannot be reached",
            })
    void wrongUsage_is2_andSaysHowToMendIt(String arguments, String message) {
        String[] words = arguments == null ? new String[0] : arguments.split(" ");
        assertThat(ProbeCommand.run(List.of(words), new PrintStream(out), new PrintStream(err)))
                .isEqualTo(2);
        assertThat(err()).contains(message);
        assertThat(out()).isEmpty();
    }

    @Test
    void strangersHost_isNotProbed() {
        // An address of the documentation range: nobody is there, and nobody is asked.
        assertThat(run("http://192.0.2.1", "--path", "/a")).isEqualTo(2);
        assertThat(err()).contains("Whose is 192.0.2.1?", "--mine");
        assertThat(run("http://127.0.0.1:1", "--path", "/a", "--upstream", "http://192.0.2.1"))
                .isEqualTo(2);
        assertThat(run("http://127.0.0.1:1", "--path", "/a", "--must-refuse", "http://192.0.2.1"))
                .isEqualTo(2);
        assertThat(run("http://192.0.2.1", "--path", "/a", "--mine", "--timeout", "200ms"))
                .isEqualTo(2);
        assertThat(err()).contains("cannot be reached");
    }

    @Test
    void pathWithoutPrice_is2() throws Exception {
        assertThat(run("http://127.0.0.1:1", "--config", config(), "--path", "/health"))
                .isEqualTo(2);
        assertThat(err()).contains("--path /health has no price");
    }

    @Test
    void wrongPriceList_is2_andIsToldWhole() throws Exception {
        Path file = folder.resolve("wrong.yaml");
        Files.writeString(file, "public-url: nowhere\nroutes: []\n");
        assertThat(run("http://127.0.0.1:1", "--config", file.toString())).isEqualTo(2);
        assertThat(err()).contains("wrong.yaml:1");
    }

    @Test
    void help_is0() {
        assertThat(run("--help")).isZero();
        assertThat(out()).contains("farebox probe URL", "--unsafe-methods", "Exit code");
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--rate", "10000", "--targets", "1200"));
        all.addAll(List.of(arguments));
        out.reset();
        err.reset();
        return ProbeCommand.run(all, new PrintStream(out), new PrintStream(err));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String url(Function<String, String> answers) throws IOException {
        WireServer server = WireServer.start(head -> {
            lines.add(head.replace("\r\n", " "));
            return answers.apply(head);
        });
        servers.add(server);
        return server.base().toString();
    }

    private String config() throws IOException {
        Path file = folder.resolve("farebox.yaml");
        Files.writeString(file, """
                public-url: https://api.example.com
                pay-to: { eip155: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8" }
                accept: [farebox-dev/USDC]
                facilitators: [{ id: dev, type: dev }]
                book: { url: "jdbc:h2:mem:probe" }
                routes:
                  - { id: exploits, match: "GET /exploits", price: "$0.01" }
                  - { id: risk, match: "GET /protocols/{id}/risk", price: "$0.02" }
                  - { id: report, match: "POST /reports", price: "$0.25" }
                  - { id: health, match: "/health", free: true }
                """);
        return file.toString();
    }

    /** Folds slashes and lets everything but its two pages be a front page. */
    private static String server(String head) {
        String path = WireServer.target(head).split("[?#;]", 2)[0].replaceAll("/+", "/");
        String text = "front page";
        if (path.endsWith("/exploits")) text = "CVE-2026 exploits feed";
        if (path.startsWith("/protocols/") && path.endsWith("/risk")) text = "risk score";
        return WireServer.page(200, head.startsWith("HEAD ") ? "" : text);
    }

    private static String leaky(String head) {
        String target = WireServer.target(head);
        boolean priced = target.startsWith("/exploits") || target.startsWith("/protocols/");
        return priced ? challenge() : server(head);
    }

    private static String tight(String head) {
        String method = head.substring(0, head.indexOf(' '));
        String path = WireServer.target(head).split("\\?", 2)[0];
        int hosts = head.split("(?i)\r\nhost:", -1).length - 1;
        if (RequestFirewall.check(method, path, null, hosts) != null) return WireServer.page(400, "no");
        String folded = path.toLowerCase(Locale.ROOT);
        boolean priced = folded.contains("exploits") || folded.contains("risk") || folded.startsWith("/reports");
        return priced ? challenge() : WireServer.page(200, head.startsWith("HEAD ") ? "" : "front page");
    }

    private static String challenge() {
        return WireServer.page(402, CHALLENGE, "Content-Type: application/json");
    }
}
