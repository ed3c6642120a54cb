package io.farebox.app.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A folder in which somebody types commands. */
final class CommandLine {
    /** What the gateway would have been started with. */
    final List<List<String>> started = new ArrayList<>();

    final Map<String, String> variables = new HashMap<>();
    final Map<String, String> properties = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Path folder;

    CommandLine(Path folder) {
        this.folder = folder;
    }

    /** The exit code; -1 if the gateway runs. */
    int type(String... words) {
        out.reset();
        err.reset();
        return new Commands(here(), this::start).run(List.of(words)).orElse(-1);
    }

    private OptionalInt start(List<String> arguments) {
        started.add(arguments);
        return OptionalInt.empty();
    }

    Surroundings here() {
        return new Surroundings(folder, variables::get, properties::get, printing(out), printing(err));
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String file, String text) {
        try {
            Files.writeString(folder.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PrintStream printing(ByteArrayOutputStream target) {
        return new PrintStream(target, true, StandardCharsets.UTF_8);
    }
}
