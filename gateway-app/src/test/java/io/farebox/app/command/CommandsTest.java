package io.farebox.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    @TempDir
    private Path folder;

    private CommandLine line;

    @BeforeEach
    void open() {
        line = new CommandLine(folder);
    }

    @Test
    void noCommand_runsTheGateway() {
        assertThat(line.type()).isEqualTo(-1);
        assertThat(line.type("--server.port=80", "--debug")).isEqualTo(-1);
        assertThat(line.type("gateway", "--server.port=81")).isEqualTo(-1);
        assertThat(line.started)
                .containsExactly(List.of(), List.of("--server.port=80", "--debug"), List.of("--server.port=81"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", "-Dserver.port=80", "-x", ""})
    void gateway_argumentThatBootWouldIgnore_isRefused(String argument) {
        assertThat(line.type("--server.port", argument)).isEqualTo(2);
        assertThat(line.err()).contains('"' + argument + '"', "--key=value");
        assertThat(line.started).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h"})
    void help_isPrinted(String word) {
        assertThat(line.type(word)).isZero();
        assertThat(line.out()).contains("check", "init", "gateway", "FAREBOX_CONFIG");
        assertThat(line.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "--version"})
    void version_tellsOursAndJavas(String word) {
        assertThat(line.type(word)).isZero();
        assertThat(line.out()).startsWith("Farebox ").contains("Java " + Runtime.version());
    }

    @ParameterizedTest
    @ValueSource(strings = {"chekc", "farebox.yaml", "Check"})
    void unknownCommand_showsWhatThereIs(String word) {
        assertThat(line.type(word)).isEqualTo(2);
        assertThat(line.err()).contains('"' + word + "\" is no command", "farebox check");
        assertThat(line.started).isEmpty();
    }

    @Test
    void probe_isHandedOn() {
        assertThat(line.type("probe", "--help")).isZero();
        assertThat(line.out()).contains("farebox probe URL [options]", "--upstream");
        assertThat(line.type("probe", "--no-such-option")).isEqualTo(2);
        assertThat(line.err()).isNotEmpty();
    }

    @Test
    void unknownOption_isRefused() {
        assertThat(line.type("check", "--strict")).isEqualTo(2);
        assertThat(line.err()).contains("--strict is no option of this command", "farebox help");
    }

    @Test
    void options_slips_areTold() {
        line.type("init", "--force=yes");
        assertThat(line.err()).contains("--force takes no value");
        line.type("init", "--from");
        assertThat(line.err()).contains("--from needs a value");
        line.type("init", "--force", "--force");
        assertThat(line.err()).contains("--force is written twice");
        line.type("check", "one", "two");
        assertThat(line.err()).contains("\"two\" is too much");
        assertThat(folder).isEmptyDirectory();
    }
}
