package io.farebox.app.command.openapi;

import io.farebox.pricing.ConfigReader;
import io.farebox.pricing.FareboxConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Documents for tests, and what becomes of them. */
final class Specs {
    private static final Path SAMPLES = Path.of("src/test/resources/openapi");
    private static final Path HEAD = Path.of("src/main/resources/io/farebox/app/command/head.yaml");

    private Specs() {}

    static Path sample(String name) {
        return SAMPLES.resolve(name);
    }

    static OpenApiPrices prices(Path spec) {
        return OpenApiPrices.read(spec, OpenApiPrices.SUGGESTED_PRICE, null, head());
    }

    static OpenApiPrices prices(Path folder, String spec) {
        return prices(written(folder, spec));
    }

    static Path written(Path folder, String spec) {
        try {
            return Files.writeString(folder.resolve("spec"), spec);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole price list as the gateway reads it. No variable is set: one that is asked for is a failure. */
    static FareboxConfig config(OpenApiPrices prices) {
        return new ConfigReader(name -> null).readYaml("farebox.yaml", head() + prices.text());
    }

    static String head() {
        try {
            return Files.readString(HEAD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
