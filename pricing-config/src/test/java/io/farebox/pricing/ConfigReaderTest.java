package io.farebox.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.farebox.gate.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
    @Test
    void everyProblem_isReportedAtOnceAndInOrder() {
        String yaml = """
                public-url: http://api.example.com
                pay-to: { eip155: "0x0000000000000000000000000000000000000000" }
                accept: [base/USDC]
                facilitators: [{ id: payai, url: https://facilitator.payai.network }]
                routes:
                  - { id: a, match: "GET /a", price: "0.01" }
                  - { id: b, match: "GET /b", prize: "$0.01" }
                """;
        var thrown = catchThrowableOfType(
                PricingConfigException.class, () -> Fixtures.reader().readYaml("farebox.yaml", yaml));
        assertThat(thrown.problems())
                .extracting(ConfigProblem::code)
                .containsExactly(
                        ProblemCode.URL_INSECURE,
                        ProblemCode.ADDRESS_ZERO,
                        ProblemCode.PAY_TO_MISSING,
                        ProblemCode.PRICE_WITHOUT_UNIT,
                        ProblemCode.UNKNOWN_KEY,
                        ProblemCode.PRICE_MISSING);
        assertThat(thrown.getMessage())
                .contains("farebox.yaml:6 routes[0].price: \"0.01\" has no unit. Write \"$0.01\" or \"0.01 USDC\".")
                .contains("Did you mean \"price\"?");
    }

    @Test
    void secrets_areNotPrintedWhenTheyAreWrong() {
        String yaml = """
                public-url: https://user:hunter2@api.example.com
                secret: hunter2
                book: { url: "mysql://hunter2@db" }
                networks: { base: { rpc: ["ftp://rpc/hunter2"] } }
                facilitators: [{ id: a, url: https://a.example.com, auth: { type: bearer, value: [hunter2] } }]
                routes: []
                """;
        assertThatThrownBy(() -> Fixtures.reader().readYaml("farebox.yaml", yaml))
                .isInstanceOf(PricingConfigException.class)
                .hasMessageContaining("5 problems")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void map_mayBeSpelledAsSpringSpellsIt() {
        Map<String, Object> route = Map.of("id", "a", "match", "GET /a", "price", "$0.01", "mimeType", "text/plain");
        Map<String, Object> facilitator =
                Map.of("id", "payai", "url", "https://facilitator.payai.network", "settleTimeout", "5s");
        Map<String, Object> map = Map.of(
                "publicUrl", "https://api.example.com",
                "paytO", Map.of("eip155", Fixtures.PAY_TO),
                "accept", "base/USDC, polygon/USDC",
                "mode", false,
                "networks", Map.of("base", Map.of("confirmations", 12)),
                "facilitators", Map.of("0", facilitator),
                "routes", List.of(route));
        FareboxConfig config = Fixtures.reader().readMap("the Environment", map);
        assertThat(config.mode()).isEqualTo(Mode.OFF);
        assertThat(config.accept()).hasSize(2);
        assertThat(config.facilitators().get(0).settleTimeout()).hasSeconds(5);
        assertThat(config.routes().get(0).mimeType()).isEqualTo("text/plain");
    }

    @Test
    void map_problemsNameTheKeyPath() {
        Map<String, Object> map = Map.of("publicUrl", "https://api.example.com", "routes", List.of(Map.of("ID", "a")));
        assertThatThrownBy(() -> Fixtures.reader().readMap("the Environment", map))
                .hasMessageContaining("the Environment routes[0].match: it is missing")
                .hasMessageContaining("the Environment routes[0].price: it is missing");
    }

    @Test
    void file_isReadableSmallAndUtf8(@TempDir Path folder) throws IOException {
        Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});
        Path large = Files.write(folder.resolve("large.yaml"), new byte[(1 << 20) + 1]);
        assertRefused(folder.resolve("absent.yaml"), ProblemCode.FILE_UNREADABLE);
        assertRefused(latin, ProblemCode.FILE_UNREADABLE);
        assertRefused(large, ProblemCode.FILE_TOO_LARGE);
    }

    private static void assertRefused(Path file, ProblemCode code) {
        var thrown = catchThrowableOfType(
                PricingConfigException.class, () -> Fixtures.reader().readFile(file));
        assertThat(thrown.problems()).extracting(ConfigProblem::code).containsExactly(code);
    }

    @Test
    void value_cannotForgeALineOfTheLog() {
        String yaml = "public-url: https://api.example.com\nmode: \"x\\n2026 INFO all is well\"\nroutes: []\n";
        var thrown = catchThrowableOfType(
                PricingConfigException.class, () -> Fixtures.reader().readYaml("farebox.yaml", yaml));
        assertThat(thrown.problems().get(0).toString()).doesNotContain("\n");
    }
}
