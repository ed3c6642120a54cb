package io.farebox.settlement.reload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;

/**
 * Notices that a file holds something else, however that came about: written over, replaced by another file, or reached through
 * a symbolic link that was changed, as Kubernetes changes a mounted ConfigMap. It reads the file at every look, because file
 * systems and mounts differ in what they tell of a change. What has just appeared may be half written, so it counts once it was
 * the same for a while, at two looks at least. Used by one thread.
 */
public final class FileWatch {
    private static final byte[] UNREADABLE = new byte[0];

    private final Path file;
    private final int largest;
    private final Duration quiet;
    private final InstantSource clock;
    private byte[] told;
    private byte[] seen;
    private Instant since;

    /**
     * Starts watching.
     *
     * @param known what the file is taken to hold
     * @param largest how many bytes are read at most; of a longer file, one more
     * @param quiet how long the file must have been the same
     */
    public FileWatch(Path file, byte[] known, int largest, Duration quiet, InstantSource clock) {
        this.file = file.toAbsolutePath();
        this.largest = largest;
        this.quiet = quiet;
        this.clock = clock;
        this.told = known.clone();
        this.seen = told;
        this.since = Instant.MIN;
    }

    /** What a look at the file has shown. */
    public sealed interface Look {
        /** Nothing new, or nothing certain yet. */
        record Same() implements Look {}

        /** The file holds this now, and held something else when it was last told. */
        @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
        record Changed(byte[] content) implements Look {}

        /** The file cannot be read any more; told once. */
        record Unreadable() implements Look {}
    }

    /** Looks at the file. Every change is told once. */
    public Look look() {
        byte[] content = read();
        Instant now = clock.instant();
        if (!isSame(content, seen)) {
            seen = content;
            since = now;
            return new Look.Same();
        }
        if (isSame(seen, told) || now.isBefore(since.plus(quiet))) return new Look.Same();
        told = seen;
        return told == UNREADABLE ? new Look.Unreadable() : new Look.Changed(told.clone());
    }

    /** An empty file is not the same as none. */
    private static boolean isSame(byte[] one, byte[] other) {
        return (one == UNREADABLE) == (other == UNREADABLE) && Arrays.equals(one, other);
    }

    private byte[] read() {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(largest + 1);
            return content.length == 0 ? new byte[0] : content;
        } catch (IOException e) {
            return UNREADABLE;
        }
    }
}
