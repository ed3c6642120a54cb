package io.farebox.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The reference page says of every key what the description of the keys says. */
class ConfigurationPageTest {
    @Test
    void page_hasARowForEveryKey() throws IOException {
        List<String> rows = new ArrayList<>();
        rows("", Keys.ROOT, rows);
        Files.writeString(Path.of("target", "configuration-rows.md"), String.join("\n", rows) + "\n");
        List<String> page = Files.readAllLines(Path.of("..", "docs", "configuration.md"));
        assertThat(page).as("copy the rows from target/configuration-rows.md").containsAll(rows);
        assertThat(rows).hasSizeGreaterThan(60);
    }

    @Test
    void page_namesEveryNetworkAndProblem() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "configuration.md"));
        for (NetworkInfo info : NetworkTable.builtIn().all()) assertThat(page).contains("`" + info.label() + "`");
        for (ProblemCode code : ProblemCode.values()) assertThat(page).contains("`" + code.code() + "`");
    }

    private static void rows(String prefix, Shape shape, List<String> rows) {
        switch (shape) {
            case Shape.Value value -> {}
            case Shape.Any any -> {}
            case Shape.Section section -> section.keys().forEach(key -> row(prefix, key, rows));
            case Shape.ListOf list -> rows(prefix.replaceAll("\\.$", "[]."), list.each(), rows);
            case Shape.TableOf table -> rows(prefix + "*.", table.each(), rows);
            case Shape.Either either -> rows(prefix, either.section(), rows);
        }
    }

    private static void row(String prefix, Key key, List<String> rows) {
        String path = prefix + key.name();
        String fallback = key.required() ? "required" : key.fallback();
        String example = key.example().isEmpty() ? "" : "`" + key.example() + "`";
        String type = key.built() ? type(key.shape()) : "not built yet";
        rows.add("| `" + path + "` | " + type + " | " + fallback + " | " + key.doc() + " | " + example + " |");
        rows(path + ".", key.shape(), rows);
    }

    private static String type(Shape shape) {
        return switch (shape) {
            case Shape.Value value -> type(value.kind()) + (value.secret() ? ", secret" : "");
            case Shape.Section section -> "section";
            case Shape.Any any -> "any value";
            case Shape.ListOf list -> "list of " + type(list.each());
            case Shape.TableOf table -> "table of " + type(table.each());
            case Shape.Either either -> type(either.value()) + " or section";
        };
    }

    private static String type(Shape.Kind kind) {
        return switch (kind) {
            case Shape.Kind.Text text -> "text";
            case Shape.Kind.Url url -> "URL";
            case Shape.Kind.Money money -> "price";
            case Shape.Kind.Flag flag -> "true or false";
            case Shape.Kind.Span span -> "duration";
            case Shape.Kind.Number number -> number.least() + " to " + number.most();
            case Shape.Kind.Choice choice ->
                choice.words().stream()
                        .filter(word -> !choice.notBuilt().contains(word))
                        .collect(Collectors.joining(", "));
        };
    }
}
