package io.farebox.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ConfigSchemaTest {
    /** What a schema can see. */
    private static final Set<ProblemCode> VISIBLE = EnumSet.of(
            ProblemCode.UNKNOWN_KEY,
            ProblemCode.MISSING_KEY,
            ProblemCode.EMPTY_VALUE,
            ProblemCode.NOT_A_SECTION,
            ProblemCode.NOT_A_LIST,
            ProblemCode.NOT_A_VALUE,
            ProblemCode.NOT_A_BOOLEAN,
            ProblemCode.NOT_A_NUMBER,
            ProblemCode.NOT_A_DURATION,
            ProblemCode.UNKNOWN_CHOICE,
            ProblemCode.PRICE_WITHOUT_UNIT,
            ProblemCode.PRICE_SYNTAX,
            ProblemCode.PRICE_NEGATIVE,
            ProblemCode.URL_SCHEME);

    @Test
    void publishedSchema_isWhatTheReaderWants() throws IOException {
        String rendered = ConfigSchema.render();
        Files.writeString(Path.of("target", "farebox.schema.json"), rendered);
        try (InputStream in = ConfigSchema.class.getResourceAsStream(ConfigSchema.RESOURCE)) {
            assertThat(in)
                    .as("copy target/farebox.schema.json to META-INF/farebox")
                    .isNotNull();
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .as("copy target/farebox.schema.json to META-INF/farebox")
                    .isEqualTo(rendered);
        }
    }

    @Test
    void rightFiles_fitTheSchema() {
        for (Path file : Fixtures.resources("good")) {
            assertThat(SmallValidator.problem(schema(), load(file)))
                    .as(file.toString())
                    .isEmpty();
        }
    }

    @Test
    void wrongFiles_failWhereASchemaCanSeeIt() {
        int seen = 0;
        for (Path file : Fixtures.resources("bad")) {
            ConfigProblem problem = problem(file);
            if (problem.code().name().startsWith("YAML") || problem.code() == ProblemCode.DUPLICATE_KEY) continue;
            if (!VISIBLE.contains(problem.code()) || isInvisible(file)) continue;
            assertThat(SmallValidator.problem(schema(), load(file)))
                    .as(file.toString())
                    .isNotEmpty();
            seen++;
        }
        assertThat(seen).isGreaterThanOrEqualTo(35);
    }

    /** What the schema refuses, the reader refuses: for the same file it may not be the schema alone that complains. */
    @Test
    void schemaIsNotStricterThanTheReader() {
        for (Path file : Fixtures.resources("bad")) {
            ProblemCode code = problem(file).code();
            if (code.name().startsWith("ADDRESS")
                    || code.name().startsWith("MATCH")
                    || code.name().startsWith("DUPLICATE")) {
                if (code == ProblemCode.DUPLICATE_KEY) continue;
                assertThat(SmallValidator.problem(schema(), load(file)))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }

    /** Only the reader knows the environment, which facilitators have no url, and what confirmations: 010 once meant. */
    private static boolean isInvisible(Path file) {
        return Set.of("empty-secret.yaml", "missing-facilitator-url.yaml", "confirmations-octal.yaml", "empty.yaml")
                .contains(String.valueOf(file.getFileName()));
    }

    private static ConfigProblem problem(Path file) {
        try {
            Fixtures.reader().readFile(file);
        } catch (PricingConfigException e) {
            return e.problems().get(0);
        }
        throw new AssertionError(file + " is right");
    }

    private static Map<?, ?> schema() {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(ConfigSchema.render());
    }

    private static Object load(Path file) {
        try {
            Object loaded = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
            return loaded == null ? "" : loaded;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
