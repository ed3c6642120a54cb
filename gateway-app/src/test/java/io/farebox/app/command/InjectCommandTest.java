package io.farebox.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starts that do not get far; what it serves is tested with the chart. */
class InjectCommandTest {
    @TempDir
    private Path folder;

    private CommandLine line;

    @BeforeEach
    void open() {
        line = new CommandLine(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--port=1 | inject needs --template=FILE",
                "--template=gone.json | The template",
                "--template=gone.json --in-doubt=maybe | --in-doubt is refuse or admit",
                "--tempalte=x | --tempalte is no option",
                "word | is too much"
            })
    void wrongOption_isTold(String options, String said) {
        assertThat(line.type(("inject " + options).split(" "))).isEqualTo(2);
        assertThat(line.err()).contains(said);
    }

    @Test
    void help_namesIt() {
        assertThat(line.type("help")).isZero();
        assertThat(line.out()).contains("farebox inject", "farebox expect");
    }
}
