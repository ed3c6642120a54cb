package io.farebox.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/** The file of an embedded book: made so that only its owner reads it. */
final class BookFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private BookFile() {}

    /**
     * Makes the file and its directories where they are missing, and takes it away from other users where it is not. An empty
     * file is a new database to H2.
     *
     * @throws BookOpenException if that cannot be done
     */
    static void make(Path file) {
        try {
            Path directory = Objects.requireNonNull(file.getParent());
            if (!Files.isDirectory(directory))
                Files.createDirectories(directory, attributes(directory, OWNER_ONLY_DIRECTORY));
            boolean made = create(file);
            if (isPosix(file)) Files.setPosixFilePermissions(file, OWNER_ONLY);
            if (made) forceDirectory(directory);
        } catch (IOException e) {
            throw new BookOpenException(
                    "the book's file " + file + " cannot be made or written; give this process a directory that it may"
                            + " write, and set book.url to it",
                    e);
        }
    }

    private static boolean create(Path file) throws IOException {
        try {
            Files.createFile(file, attributes(file, OWNER_ONLY));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** A new file is safe once its name is, too. */
    private static void forceDirectory(Path directory) {
        try (FileChannel name = FileChannel.open(directory, StandardOpenOption.READ)) {
            name.force(true);
        } catch (IOException ignored) {
            // Some systems cannot force a directory, and write names at once.
        }
    }
}
