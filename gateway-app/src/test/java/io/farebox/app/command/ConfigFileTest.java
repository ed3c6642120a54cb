package io.farebox.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which file is meant: the same for running and for checking. */
class ConfigFileTest {
    @TempDir
    private Path folder;

    private CommandLine line;

    @BeforeEach
    void open() {
        line = new CommandLine(folder);
    }

    @Test
    void option_goesBeforePropertyBeforeVariableBeforeDefault() {
        assertThat(ConfigFile.of(null, line.here())).isEqualTo(new ConfigFile(Path.of("farebox.yaml"), ""));
        line.variables.put("FAREBOX_CONFIG", "variable.yaml");
        assertThat(ConfigFile.of(null, line.here()).path()).hasToString("variable.yaml");
        line.properties.put("farebox.config", "property.yaml");
        assertThat(ConfigFile.of(null, line.here()).path()).hasToString("property.yaml");
        assertThat(ConfigFile.of("option.yaml", line.here()).path()).hasToString("option.yaml");
    }

    @Test
    void gateway_lastOption_holdsAsForSpring() {
        List<String> arguments = List.of("--farebox.config=a.yaml", "--server.port=1", "--farebox.config=b.yaml");
        assertThat(ConfigFile.forGateway(arguments, line.here()))
                .hasValueSatisfying(file -> assertThat(file.path()).hasToString("b.yaml"));
    }

    @Test
    void gateway_withoutAnyFile_leavesItToSpring() {
        assertThat(ConfigFile.forGateway(List.of("--server.port=1"), line.here()))
                .isEmpty();
        line.write("farebox.yaml", "");
        assertThat(ConfigFile.forGateway(List.of(), line.here())).isPresent();
    }

    @Test
    void namedFile_thatIsNotThere_isToldWithWhoNamesIt() {
        line.variables.put("FAREBOX_CONFIG", "gone.yaml");
        ConfigFile file = ConfigFile.forGateway(List.of(), line.here()).orElseThrow();
        assertThatThrownBy(() -> file.read(line.here()))
                .isInstanceOf(ConfigFileException.class)
                .hasMessage(
                        "There is no file gone.yaml, which FAREBOX_CONFIG names. Write a first one with: farebox init gone.yaml");
    }

    @Test
    void nameThatIsNone_isRefused() {
        line.variables.put("FAREBOX_CONFIG", " ");
        assertThatThrownBy(() -> ConfigFile.of(null, line.here()))
                .isInstanceOf(ConfigFileException.class)
                .hasMessageContaining("FAREBOX_CONFIG names no file");
        assertThatThrownBy(() -> ConfigFile.of("a\0b", line.here()))
                .isInstanceOf(ConfigFileException.class)
                .hasMessageContaining("--farebox.config names no file");
    }
}
