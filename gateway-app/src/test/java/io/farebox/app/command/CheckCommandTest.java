package io.farebox.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    private static final String RIGHT = """
            public-url: https://api.example.com
            pay-to: { eip155: "0x209693Bc6afc0C5328bA36FaF03C514EF312287C", solana: "${PAYEE}" }
            accept: [base/USDC, solana/USDC]
            facilitators: [{ id: payai, url: https://facilitator.payai.network }]
            routes:
              - { id: search, match: "GET /search", price: { default: "$0.01", rules: [{ query: { depth: full }, price: "$0.05" }] } }
              - { id: health, match: "/health", free: true }
            """;
    private static final String PAYEE = "2wKupLR9q6wXYppw8Gr2NvWxKBUqm4PPJKkQfoxHDBg4";

    @TempDir
    private Path folder;

    private CommandLine line;

    @BeforeEach
    void open() {
        line = new CommandLine(folder);
        line.variables.put("PAYEE", PAYEE);
    }

    @Test
    void rightFile_everyRuleIsPrinted() {
        line.write("farebox.yaml", RIGHT);
        assertThat(line.type("check")).isZero();
        assertThat(line.out().lines())
                .containsExactly(
                        "GET /search → 10000 ($0.01), USDC on base, to 0x209693Bc6afc0C5328bA36FaF03C514EF312287C",
                        "GET /search → 10000 ($0.01), USDC on solana, to " + PAYEE,
                        "GET /search [depth=full] → 50000 ($0.05), USDC on base, to 0x209693Bc6afc0C5328bA36FaF03C514EF312287C",
                        "GET /search [depth=full] → 50000 ($0.05), USDC on solana, to " + PAYEE,
                        "* /health → free");
        assertThat(line.err()).contains("Nothing is wrong with farebox.yaml");
    }

    @Test
    void missingUpstream_isNoted() {
        line.write("farebox.yaml", RIGHT);
        assertThat(line.type("check")).isZero();
        assertThat(line.err()).contains("Note: upstream.url is not set.");
        line.write("whole.yaml", RIGHT + "upstream: { url: \"http://127.0.0.1:8080\" }\n");
        assertThat(line.type("check", "whole.yaml")).isZero();
        assertThat(line.err()).contains("Nothing is wrong").doesNotContain("upstream.url");
    }

    @Test
    void wrongFile_everyProblemIsToldWithFileLineAndKey() {
        line.write("other.yaml", RIGHT.replace("\"$0.05\"", "0.05").replace("public-url", "publik-url"));
        assertThat(line.type("check", "other.yaml")).isEqualTo(2);
        assertThat(line.err())
                .contains("The configuration has 3 problems:")
                .contains("other.yaml:1 publik-url:", "other.yaml:1 public-url: it is missing")
                .contains("other.yaml:6 routes[0].price.rules[0].price: \"0.05\" has no unit");
        assertThat(line.out()).isEmpty();
    }

    @Test
    void warning_isToldAndNoFailure() {
        line.write("farebox.yaml", RIGHT.replace("$0.05", "$5"));
        assertThat(line.type("check")).isZero();
        assertThat(line.err()).contains("Warning: farebox.yaml:6 routes[0].price");
    }

    @Test
    void missingFile_isToldWithWhatToDo() {
        assertThat(line.type("check")).isEqualTo(2);
        assertThat(line.err())
                .isEqualToIgnoringNewLines("There is no file farebox.yaml here. Write a first one with: farebox init");
        assertThat(line.type("check", "x.yaml")).isEqualTo(2);
        assertThat(line.err()).contains("There is no file x.yaml, which the command line names");
        assertThat(line.type("check", ".")).isEqualTo(2);
        assertThat(line.err()).contains("cannot be read");
    }

    @Test
    void file_isTheOneThatTheGatewayRunsWith() {
        line.write("named.yaml", RIGHT);
        line.variables.put("FAREBOX_CONFIG", "named.yaml");
        assertThat(line.type("check")).isZero();
        assertThat(line.type("check", "--farebox.config=gone.yaml")).isEqualTo(2);
        assertThat(line.type("check", "--farebox.config", "named.yaml")).isZero();
        line.variables.remove("PAYEE");
        assertThat(line.type("check")).isEqualTo(2);
        assertThat(line.err()).contains("names a variable that is not set");
    }

    @Test
    void dryRun_tellsWhatWouldChangeAgainstTheFileInUse() {
        line.write("farebox.yaml", RIGHT);
        line.write("new.yaml", RIGHT.replace("$0.05", "$0.07").replace("id: health", "id: up"));
        assertThat(line.type("check", "--dry-run", "new.yaml")).isZero();
        assertThat(line.out())
                .contains("search", "0.05", "0.07", "health", "up")
                .doesNotContain("restart");
        assertThat(line.err()).contains("Compared with farebox.yaml. Nothing was changed.");
        assertThat(line.type("check", "--dry-run", "farebox.yaml", "--farebox.config", "new.yaml"))
                .isZero();
        assertThat(line.out()).contains("0.07", "0.05");
        assertThat(line.type("check", "farebox.yaml", "--dry-run")).isZero();
        assertThat(line.out()).isEqualToIgnoringNewLines("nothing changes");
    }

    @Test
    void dryRun_whatNeedsARestart_isTold() {
        line.write("farebox.yaml", RIGHT);
        line.write("new.yaml", RIGHT + "mode: observe\n");
        assertThat(line.type("check", "--dry-run", "new.yaml")).isZero();
        assertThat(line.out()).isEqualToIgnoringNewLines("needs a restart, and until then nothing is taken over: mode");
    }

    @Test
    void dryRun_ofWhatIsWrongOrMissing_isRefused() {
        line.write("farebox.yaml", RIGHT);
        assertThat(line.type("check", "--dry-run")).isEqualTo(2);
        assertThat(line.err()).contains("--dry-run needs the file");
        line.write("new.yaml", RIGHT.replace("$0.05", "0.05"));
        assertThat(line.type("check", "--dry-run", "new.yaml")).isEqualTo(2);
        assertThat(line.err()).contains("new.yaml:6");
        assertThat(line.out()).isEmpty();
    }
}
