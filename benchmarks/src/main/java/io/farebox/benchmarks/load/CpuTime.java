package io.farebox.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * CPU time of a JVM by thread, from the Linux scheduler's own count, which is in nanoseconds where {@code /proc/PID/stat} has
 * ticks of 10 ms. The threads of the just-in-time compilers are left out: theirs is the work of starting, collectors' is not.
 */
record CpuTime(Map<String, Long> nanosByThread) {
    static CpuTime of(long pid) throws IOException {
        return of(pid, false);
    }

    /** Of the compilers alone. */
    static CpuTime ofCompilers(long pid) throws IOException {
        return of(pid, true);
    }

    private static CpuTime of(long pid, boolean compilers) throws IOException {
        Map<String, Long> nanos = new HashMap<>();
        List<Path> threads;
        try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            threads = all.toList();
        }
        for (Path thread : threads) {
            try {
                if (Files.readString(thread.resolve("comm")).contains("Compiler") != compilers) continue;
                String[] fields = Files.readString(thread.resolve("schedstat")).split(" ");
                nanos.put(String.valueOf(thread.getFileName()), Long.parseLong(fields[0]));
            } catch (NoSuchFileException e) {
                // ended meanwhile
            }
        }
        return new CpuTime(nanos);
    }

    /** What was used since an earlier moment, by threads that still live. */
    long nanosSince(CpuTime earlier) {
        return nanosByThread.entrySet().stream()
                .mapToLong(thread -> thread.getValue() - earlier.nanosByThread().getOrDefault(thread.getKey(), 0L))
                .sum();
    }
}
