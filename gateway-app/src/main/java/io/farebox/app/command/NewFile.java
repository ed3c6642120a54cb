package io.farebox.app.command;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a price list, and nothing over one that is there unless told to. */
final class NewFile {
    private NewFile() {}

    /** @throws ConfigFileException if it is there already and may not be written over, or cannot be written */
    static void write(ConfigFile file, String text, boolean force, Surroundings here) {
        Path path = file.in(here);
        try {
            Files.writeString(path, text, options(force));
        } catch (FileAlreadyExistsException e) {
            throw new ConfigFileException(
                    file.path() + " is there already. Name another file, or write over it with --force.");
        } catch (IOException e) {
            throw new ConfigFileException(
                    file.path() + " cannot be written. Check that its folder exists and who may write there.");
        }
    }

    private static OpenOption[] options(boolean force) {
        if (!force) return new OpenOption[] {StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW};
        return new OpenOption[] {
            StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING
        };
    }
}
