package io.farebox.app.command.openapi;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** YAML 1.2 to plain values. An alias is a reference to what it names and not a copy, so a small text stays small. */
final class SpecYaml {
    private static final int MOST_ALIASES = 10_000;

    private SpecYaml() {}

    /** @throws SpecException if it is not one YAML document */
    static @Nullable Object read(String name, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(SpecFile.LARGEST)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .build();
        try {
            return new Load(settings).loadFromString(text);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            String problem = PlainText.line(String.valueOf(e.getProblem()), 200);
            throw new SpecException(name + ":" + line + " is not YAML: " + problem + ".");
        } catch (YamlEngineException | ClassCastException | IllegalArgumentException e) {
            // A tag may promise what its text does not hold.
            throw new SpecException(
                    name + " is not plain YAML: " + PlainText.line(String.valueOf(e.getMessage()), 200));
        }
    }
}
