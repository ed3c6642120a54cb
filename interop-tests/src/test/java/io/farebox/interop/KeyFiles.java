package io.farebox.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes keys as an owner should. */
public final class KeyFiles {
    private KeyFiles() {}

    public static Path write(Path folder, Chain.Account account) {
        try {
            Path file = folder.resolve("own-key");
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, account.privateKey() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
