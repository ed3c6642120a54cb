package io.farebox.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.farebox.app.command.Commands;
import io.farebox.app.command.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that do not get far. */
class GatewayStartTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void nothingConfigured_tellsWhatToDoAndNothingElse() {
        assertThat(start("--spring.main.banner-mode=off")).isEqualTo(2);
        assertThat(said())
                .startsWith("Farebox has nothing to run with: there is no farebox.yaml here")
                .contains("farebox init", "FAREBOX_CONFIG")
                .doesNotContain("Exception", "\tat ");
    }

    @Test
    void wrongPriceList_tellsEveryProblemBeforeSpringStarts() throws Exception {
        Files.writeString(folder.resolve("farebox.yaml"), "public-url: x\nroutes: []\nmod: off\n");
        assertThat(start()).isEqualTo(2);
        assertThat(said())
                .startsWith("The configuration has 2 problems:")
                .contains("farebox.yaml:1 public-url", "farebox.yaml:3 mod")
                .doesNotContain("Exception", "\tat ");
    }

    @Test
    void namedPriceListThatIsNotThere_isTold() {
        assertThat(start("--farebox.config=gone.yaml")).isEqualTo(2);
        assertThat(said()).startsWith("There is no file gone.yaml, which --farebox.config names.");
    }

    @Test
    void optionBesideAFile_isRefused_becauseTheFileWouldWin() throws Exception {
        Files.writeString(folder.resolve("farebox.yaml"), "whatever it says");
        assertThat(start("--farebox.mode=observe")).isEqualTo(2);
        assertThat(said())
                .startsWith("--farebox.mode does nothing here: the gateway runs with farebox.yaml")
                .contains("Write mode there")
                .doesNotContain("Exception");
    }

    private int start(String... arguments) {
        var stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        var here = new Surroundings(folder, name -> null, name -> null, stream, stream);
        return new Commands(here, new GatewayStart(here))
                .run(List.of(arguments))
                .orElse(-1);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
