package io.farebox.app.command;

import io.farebox.app.command.openapi.OpenApiPrices;
import io.farebox.app.command.openapi.SpecException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** {@code init [file]}: writes a first price list, with examples or with a route for every operation of an OpenAPI document. */
final class InitCommand {
    private static final String FORCE = "--force";
    private static final String FROM = "--from";
    private static final String PRICE = "--price";
    private static final String BASE_PATH = "--base-path";

    private final Surroundings here;

    InitCommand(Surroundings here) {
        this.here = here;
    }

    /** Exit code 0; whatever cannot be done is thrown. */
    int run(List<String> arguments) {
        Options options = Options.read(arguments, Set.of(FORCE), Set.of(FROM, PRICE, BASE_PATH, ConfigFile.OPTION));
        if (options.has(FROM)) return fromSpec(options);
        for (String option : List.of(PRICE, BASE_PATH)) {
            if (options.has(option)) throw new UsageException(option + " goes with --from openapi.");
        }
        ConfigFile file = ConfigFile.of(options.atMost(1), 0, here);
        NewFile.write(file, Resources.text("head.yaml") + Resources.text("routes.yaml"), options.has(FORCE), here);
        return written(file, "");
    }

    private int fromSpec(Options options) {
        if (!options.value(FROM).orElse("").equals("openapi")) {
            throw new UsageException("--from knows openapi only: farebox init --from openapi SPEC.");
        }
        if (options.words().isEmpty()) throw new UsageException("--from openapi needs the file of the document.");
        ConfigFile file = ConfigFile.of(options.atMost(2), 1, here);
        OpenApiPrices prices = prices(options);
        NewFile.write(file, Resources.text("head.yaml") + prices.text(), options.has(FORCE), here);
        return written(file, ": " + prices.summary());
    }

    private OpenApiPrices prices(Options options) {
        try {
            Path spec = here.directory().resolve(Path.of(options.words().getFirst()));
            return OpenApiPrices.read(
                    spec,
                    options.value(PRICE).orElse(OpenApiPrices.SUGGESTED_PRICE),
                    options.values().get(BASE_PATH),
                    Resources.text("head.yaml"));
        } catch (SpecException e) {
            throw new ConfigFileException(e.getMessage());
        } catch (InvalidPathException e) {
            throw new UsageException("--from openapi names no file.");
        }
    }

    private int written(ConfigFile file, String what) {
        here.err().println("Wrote " + file.path() + what + ". It runs at once, with play money.");
        here.err()
                .println("Next: put your API's address behind upstream, see the prices with farebox check, and run"
                        + " farebox gateway.");
        return 0;
    }
}
