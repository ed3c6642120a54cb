package io.farebox.ledger;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The URL of an embedded book, {@code jdbc:h2:file:PATH}.
 *
 * @param path without suffix, absolute
 */
record H2Url(Path path) {
    private static final String PREFIX = "jdbc:h2:file:";

    /**
     * What durable commits need is ours to set, and no trace file may take foreign text. WRITE_DELAY stays as it is: 0 would
     * also end H2's housekeeping, and the file would grow without end; see RATIONALE.md. RETENTION_TIME may be short because
     * all that H2 writes is forced to the disk within {@link GroupCommit#IDLE}.
     */
    private static final String SETTINGS = ";RETENTION_TIME=5000;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";

    /** @throws BookOpenException if it is no such URL */
    static H2Url parse(String url) {
        if (url.startsWith("jdbc:h2:") && !url.startsWith(PREFIX))
            throw new BookOpenException(
                    "book.url: only an H2 book in a file is durable and has one owner; write " + PREFIX
                            + "./data/farebox or another path",
                    null);
        if (!url.startsWith(PREFIX))
            throw new BookOpenException(
                    "book.url: not a database that this version can keep the book in; write " + PREFIX
                            + "./data/farebox or another path, or jdbc:postgresql://HOST/DATABASE",
                    null);
        if (url.indexOf(';') >= 0)
            throw new BookOpenException(
                    "book.url: settings after ';' are not taken, because they can undo what makes the book durable;"
                            + " end the URL before the ';'",
                    null);
        return new H2Url(path(url.substring(PREFIX.length())));
    }

    private static Path path(String text) {
        String expanded = text.startsWith("~/") ? System.getProperty("user.home") + text.substring(1) : text;
        try {
            if (!expanded.isBlank()) return Path.of(expanded).toAbsolutePath().normalize();
        } catch (InvalidPathException ignored) {
            // told below
        }
        throw new BookOpenException("book.url: no file path after " + PREFIX, null);
    }

    Path file() {
        return path.resolveSibling(path.getFileName() + ".mv.db");
    }

    String jdbc() {
        return PREFIX + path + SETTINGS;
    }
}
