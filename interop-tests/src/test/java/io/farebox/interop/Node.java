package io.farebox.interop;

import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the module's Node scripts. Installs what they need once; says what is missing where there is no Node. */
public final class Node {
    private static final Path MODULE = Path.of("").toAbsolutePath();
    private static final Duration INSTALL = Duration.ofMinutes(9);
    private static final String MISSING =
            "The interop tests need Node.js 20 or newer with npm, and %s. Install it, or leave the"
                    + " third-party clients out: mvn verify -Dinterop=false";

    private Node() {}

    /** Installs the packages and compiles the token, unless that is done. */
    public static synchronized void prepare() {
        int major = Integer.parseInt(output(List.of("node", "--version")).replaceAll("^v(\\d+)[\\s\\S]*", "$1"));
        if (major < 20) throw new IllegalStateException(MISSING.formatted("found version " + major));
        Path installed = MODULE.resolve("node_modules/.package-lock.json");
        if (!isNewer(installed, MODULE.resolve("package-lock.json"))) {
            System.out.println("Installing the third-party clients (once; up to a minute) ...");
            output(List.of("npm", "ci", "--no-audit", "--no-fund"));
        }
        for (String contract : List.of("TestUsdc", "TestMulticall")) {
            Path made = MODULE.resolve("target/" + contract + ".json");
            if (isNewer(made, MODULE.resolve("contracts/" + contract + ".sol"))) continue;
            output(List.of("node", "js/compile-token.mjs"));
            return;
        }
    }

    private static boolean isNewer(Path made, Path from) {
        try {
            return Files.exists(made)
                    && Files.getLastModifiedTime(made).compareTo(Files.getLastModifiedTime(from)) >= 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a script to its end and gives its JSON lines. */
    public static List<JsonObject> run(String script, Map<String, String> environment, String stdin, Duration limit) {
        try {
            Process process = start(List.of("node", "js/" + script), environment);
            process.outputWriter(StandardCharsets.UTF_8).append(stdin).close();
            List<JsonObject> lines = new ArrayList<>();
            Thread reader = Thread.ofVirtual()
                    .start(() -> process.inputReader(StandardCharsets.UTF_8)
                            .lines()
                            .forEach(line -> lines.add(Json.readObject(line))));
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroy();
                throw new AssertionError(script + " did not end within " + limit);
            }
            reader.join();
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts a script that stays, and waits for its ready line. */
    static Service service(String script, Map<String, String> environment) {
        try {
            Process process = start(List.of("node", "js/" + script), environment);
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            String line = out.readLine();
            if (line == null) throw new AssertionError(script + " did not start; its messages stand above");
            return new Service(process, Json.readObject(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A running script. Its standard input stays open, since the end of it stops the script. */
    record Service(Process process, JsonObject ready) implements AutoCloseable {
        @Override
        public void close() {
            process.destroy();
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) throw new AssertionError("a script did not stop");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Process start(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(MODULE.toFile());
        builder.redirectError(
                MODULE.resolve("target/node-messages.txt").toFile().exists()
                        ? ProcessBuilder.Redirect.appendTo(
                                MODULE.resolve("target/node-messages.txt").toFile())
                        : ProcessBuilder.Redirect.to(
                                MODULE.resolve("target/node-messages.txt").toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static String output(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(MODULE.toFile())
                    .redirectErrorStream(true)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(INSTALL.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                process.destroy();
                throw new IllegalStateException(String.join(" ", command) + " failed:\n" + text);
            }
            return text;
        } catch (IOException e) {
            throw new IllegalStateException(MISSING.formatted("found no " + command.getFirst()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
