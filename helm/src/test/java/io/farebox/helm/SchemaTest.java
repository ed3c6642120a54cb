package io.farebox.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the chart knows of the price list is what the program knows of it. */
class SchemaTest {
    private static final Pattern SECRET_KEY = Pattern.compile("(?m)^\\| `([^`]+)` \\| [^|]*, secret \\|");

    @Test
    void valuesSchema_isMadeOfThePriceListsOwn() throws IOException {
        requireSame("values.schema.json", ValuesSchema.render());
    }

    /** The page of the keys is itself held against the program. */
    @Test
    void secretKeys_areThoseOfTheProgram() throws IOException {
        String page = Files.readString(Path.of("../docs/configuration.md"));
        String keys = SECRET_KEY
                .matcher(page)
                .results()
                .map(each -> "- \"" + each.group(1) + "\"\n")
                .collect(Collectors.joining());
        assertThat(keys).contains("secret", "book.url");
        requireSame("files/secret-keys.yaml", keys);
    }

    private static void requireSame(String file, String made) throws IOException {
        Path now = Path.of("target", Path.of(file).getFileName().toString());
        Files.createDirectories(now.getParent());
        Files.writeString(now, made);
        assertThat(Files.readString(Chart.FOLDER.resolve(file)))
                .as("copy helm/%s to helm/farebox/%s", now, file)
                .isEqualTo(made);
    }
}
