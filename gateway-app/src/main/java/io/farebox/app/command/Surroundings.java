package io.farebox.app.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a command sees of the process it runs in.
 *
 * @param directory relative paths count from here
 * @param variables of the environment; answers null for what is not set
 * @param properties of the Java process; answers null for what is not set
 * @param out what was asked for
 * @param err everything else that is said
 */
public record Surroundings(
        Path directory,
        Function<String, @Nullable String> variables,
        Function<String, @Nullable String> properties,
        PrintStream out,
        PrintStream err) {

    /** Those of this process. */
    public static Surroundings ofProcess() {
        return new Surroundings(
                Path.of(""),
                System::getenv,
                System::getProperty,
                printing(System.out, FileDescriptor.out),
                printing(System.err, FileDescriptor.err));
    }

    /** A container without a locale would print the arrow of a price as a question mark; what reads it reads UTF-8. */
    private static PrintStream printing(PrintStream stream, FileDescriptor target) {
        Charset charset = stream.charset();
        if (charset.canEncode() && charset.newEncoder().canEncode('→')) return stream;
        return new PrintStream(new FileOutputStream(target), true, StandardCharsets.UTF_8);
    }
}
