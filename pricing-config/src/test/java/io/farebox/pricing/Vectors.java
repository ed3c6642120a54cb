package io.farebox.pricing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Test data that was made by running the reference. */
final class Vectors {
    private Vectors() {}

    static Object read(String name) {
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(1 << 24).build();
        try (InputStream in = Files.newInputStream(Path.of("src/test/resources/vectors", name))) {
            return new Load(settings).loadFromInputStream(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
