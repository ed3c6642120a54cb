package io.farebox.app.command;

import io.farebox.pricing.ConfigReader;
import io.farebox.pricing.FareboxConfig;
import io.farebox.pricing.PricingConfigException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file that the gateway runs with and that {@code check} checks: the one named by {@code --farebox.config}, else by the
 * property {@code farebox.config} of the Java process, else by the variable {@code FAREBOX_CONFIG}; else {@code farebox.yaml}
 * in the working directory.
 *
 * @param path as named, relative to the working directory
 * @param namedBy what names it; empty for the default
 */
public record ConfigFile(Path path, String namedBy) {
    /** The option on the command line, without its value. */
    public static final String OPTION = "--farebox.config";

    private static final String PROPERTY = "farebox.config";
    private static final String VARIABLE = "FAREBOX_CONFIG";
    private static final Path DEFAULT = Path.of("farebox.yaml");

    /**
     * The file to use, which need not exist.
     *
     * @param option the value of {@link #OPTION}; null if it is not given
     * @throws ConfigFileException if what is named cannot be a file
     */
    static ConfigFile of(@Nullable String option, Surroundings here) {
        if (option != null) return named(option, OPTION);
        String property = here.properties().apply(PROPERTY);
        if (property != null) return named(property, "-D" + PROPERTY);
        String variable = here.variables().apply(VARIABLE);
        return variable == null ? new ConfigFile(DEFAULT, "") : named(variable, VARIABLE);
    }

    /**
     * The file that a gateway with these arguments runs with; empty if none is named and there is no default file, so that
     * the configuration can only be in Spring's Environment.
     *
     * @throws ConfigFileException if what is named cannot be a file
     */
    public static Optional<ConfigFile> forGateway(List<String> arguments, Surroundings here) {
        String option = arguments.stream()
                .filter(argument -> argument.startsWith(OPTION + "="))
                .reduce((first, second) -> second)
                .map(argument -> argument.substring(OPTION.length() + 1))
                .orElse(null);
        ConfigFile file = of(option, here);
        return file.isDefault() && !Files.exists(file.in(here)) ? Optional.empty() : Optional.of(file);
    }

    static ConfigFile named(String text, String namedBy) {
        try {
            if (!text.isBlank()) return new ConfigFile(Path.of(text), namedBy);
        } catch (InvalidPathException e) {
            // A character that no path has.
        }
        throw new ConfigFileException(
                namedBy + " names no file. Give it a path such as farebox.yaml, or leave it out.");
    }

    /** The file that a command names in a word of its own; else as {@link #of}. */
    static ConfigFile of(Options options, int word, Surroundings here) {
        if (options.words().size() > word) return named(options.words().get(word), "the command line");
        return of(options.values().get(OPTION), here);
    }

    boolean isDefault() {
        return namedBy.isEmpty();
    }

    Path in(Surroundings here) {
        return here.directory().resolve(path);
    }

    /**
     * Reads and checks it.
     *
     * @throws ConfigFileException if it is not there, or wrong in any part; the message tells everything that is
     */
    public FareboxConfig read(Surroundings here) {
        if (!Files.exists(in(here))) throw new ConfigFileException(missing());
        try {
            return new ConfigReader(here.variables()).readFile(in(here));
        } catch (PricingConfigException e) {
            throw new ConfigFileException(String.valueOf(e.getMessage()));
        }
    }

    private String missing() {
        String which = "There is no file " + path + (isDefault() ? " here" : ", which " + namedBy + " names");
        return which + ". Write a first one with: farebox init" + (isDefault() ? "" : " " + path);
    }
}
