package io.farebox.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
    @TempDir
    private Path folder;

    private CommandLine line;

    @BeforeEach
    void open() {
        line = new CommandLine(folder);
    }

    @Test
    void starter_passesCheckAtOnce() {
        assertThat(line.type("init")).isZero();
        assertThat(line.err()).contains("Wrote farebox.yaml");
        assertThat(line.type("check")).isZero();
        assertThat(line.out()).contains("* /api/** → 10000 ($0.01), USDC on farebox-dev");
        assertThat(line.err()).doesNotContain("Warning");
    }

    @Test
    void starter_withItsCommentsFollowed_passesCheckForRealMoney() {
        line.type("init");
        String text = line.read("farebox.yaml")
                .replace("http://localhost:8402", "https://api.example.com")
                .replace("0x70997970C51812dc3A010C7d01b50e0d17dc79C8", "0x209693Bc6afc0C5328bA36FaF03C514EF312287C")
                .replace("[farebox-dev/USDC]", "[base/USDC, polygon/USDC]")
                .replace("  - { id: dev, type: dev }\n", "")
                .replace("#     - { id: payai", "  - { id: payai")
                .replace("# networks:", "networks:")
                .replace("  # ", "  ");
        // The commented line stands above its key.
        String entry = "  - { id: payai, url: https://facilitator.payai.network }\n";
        line.write("farebox.yaml", text.replace(entry, "").replace("facilitators:\n", "facilitators:\n" + entry));
        line.variables.put("BASE_RPC", "https://rpc.example.com");
        assertThat(line.type("check")).as(line.err()).isZero();
        assertThat(line.out()).contains("USDC on base", "USDC on polygon", "POST /api/reports", "[depth=lite]");
    }

    @Test
    void starter_realFacilitatorWithTheTestAddress_isRefused() {
        line.type("init");
        line.write(
                "farebox.yaml",
                line.read("farebox.yaml").replace("type: dev", "url: https://facilitator.payai.network"));
        assertThat(line.type("check")).isEqualTo(2);
        assertThat(line.err()).contains("is a test address whose key is published");
    }

    @Test
    void fileThatIsThere_isNotWrittenOver() {
        line.write("farebox.yaml", "mine");
        assertThat(line.type("init")).isEqualTo(2);
        assertThat(line.err()).contains("is there already", "--force");
        assertThat(line.read("farebox.yaml")).isEqualTo("mine");
        assertThat(line.type("init", "--force")).isZero();
        assertThat(line.read("farebox.yaml")).contains("public-url").doesNotContain("mine");
    }

    @Test
    void file_isTheOneThatTheGatewayRunsWith() {
        line.variables.put("FAREBOX_CONFIG", "prices.yaml");
        assertThat(line.type("init")).isZero();
        assertThat(line.read("prices.yaml")).contains("public-url");
        assertThat(line.type("init", "own.yaml")).isZero();
        assertThat(line.read("own.yaml")).contains("public-url");
    }

    @Test
    void folderThatIsNotThere_isTold() {
        assertThat(line.type("init", "gone/farebox.yaml")).isEqualTo(2);
        assertThat(line.err()).contains("cannot be written", "folder");
    }

    @Test
    void fromOpenApi_writesARouteForEveryOperation() {
        line.write("spec.yaml", "openapi: 3.0.0\npaths: { /a: { get: { operationId: a } } }");
        assertThat(line.type("init", "--from", "openapi", "spec.yaml", "--price", "$0.25"))
                .isZero();
        assertThat(line.err()).contains("Wrote farebox.yaml: 1 routes, 0 of them free");
        assertThat(line.type("check")).isZero();
        assertThat(line.out()).startsWith("GET /a → 250000 ($0.25)");
        assertThat(line.type("init", "--from", "openapi", "spec.yaml")).isEqualTo(2);
        assertThat(line.type("init", "--from=openapi", "--base-path=/v2", "spec.yaml", "other.yaml"))
                .isZero();
        assertThat(line.read("other.yaml")).contains("match: \"GET /v2/a\"");
    }

    @Test
    void fromOpenApi_slips_areTold() {
        assertThat(line.type("init", "--from", "raml", "spec.yaml")).isEqualTo(2);
        assertThat(line.err()).contains("--from knows openapi only");
        assertThat(line.type("init", "--from", "openapi")).isEqualTo(2);
        assertThat(line.err()).contains("needs the file");
        assertThat(line.type("init", "--price", "$1")).isEqualTo(2);
        assertThat(line.err()).contains("--price goes with --from openapi");
        assertThat(line.type("init", "--from", "openapi", "gone.yaml")).isEqualTo(2);
        assertThat(line.err()).contains("gone.yaml cannot be read");
        assertThat(line.type("init", "--from", "openapi", "https://example.com/spec.yaml"))
                .isEqualTo(2);
        assertThat(line.err()).contains("a file on this machine");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void fromOpenApi_priceWithoutUnit_isToldOnce() {
        line.write("spec.yaml", "openapi: 3.0.0\npaths: { /a: { get: {} }, /b: { get: {} } }");
        assertThat(line.type("init", "--from", "openapi", "spec.yaml", "--price", "0.01"))
                .isEqualTo(2);
        assertThat(line.err()).isEqualToIgnoringNewLines("--price: \"0.01\" has no unit. Write --price '$0.01'.");
        assertThat(line.type("init", "--from", "openapi", "spec.yaml", "--price", "$.01"))
                .isEqualTo(2);
        assertThat(line.type("init", "--from", "openapi", "spec.yaml", "--price", ""))
                .isEqualTo(2);
        assertThat(line.type("init", "--from", "openapi", "spec.yaml", "--price", "$0.01\"\nmode: off"))
                .isEqualTo(2);
    }
}
