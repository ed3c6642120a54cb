package io.farebox.kills;

import io.farebox.testkit.host.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A host of the filter or the gateway in a process of its own, which can be killed as {@code kill -9} does. */
final class HostProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(180);

    /** Which of the two. */
    enum Kind {
        GATEWAY,
        SERVLET
    }

    private final Process process;
    private final int port;

    private HostProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it and waits until it serves.
     *
     * @param upstream whom the servlet asks; the gateway reads it in the price list. Empty for an answer of its own
     * @param options for its JVM
     */
    static HostProcess start(Kind kind, Path prices, String upstream, String... options) throws IOException {
        int port = FreePort.find();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of(options));
        // Such as an archive of classes: a machine that starts hosts for hours is glad of it.
        String more = System.getProperty("kills.options." + kind.name().toLowerCase(Locale.ROOT), "");
        if (!more.isEmpty()) command.addAll(List.of(more.split(" ")));
        command.addAll(kind == Kind.GATEWAY ? gateway(prices, port) : servlet(prices, port, upstream));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        prices.resolveSibling("host.txt").toFile()))
                .start();
        HostProcess host = new HostProcess(process, port);
        host.awaitServing(prices.resolveSibling("host.txt"));
        return host;
    }

    private static List<String> gateway(Path prices, int port) throws IOException {
        return List.of(
                "-jar",
                System.getProperty("kills.gateway", "../gateway-app/target/farebox-gateway.jar"),
                "--farebox.config=" + prices,
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--management.server.address=127.0.0.1",
                "--management.server.port=" + FreePort.find());
    }

    private static List<String> servlet(Path prices, int port, String upstream) {
        List<String> command = new ArrayList<>(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                ServletHost.class.getName(),
                prices.toString(),
                Integer.toString(port)));
        if (!upstream.isEmpty()) command.add(upstream);
        return command;
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    private void awaitServing(Path log) {
        Instant end = Instant.now().plus(START);
        while (Instant.now().isBefore(end) && process.isAlive()) {
            try (Wire wire = new Wire(port)) {
                if (wire.get(Streaming.FREE).status() == 200) return;
            } catch (IOException e) {
                // Not yet.
            }
            Pauses.of(Duration.ofMillis(50));
        }
        process.destroyForcibly();
        throw new AssertionError("the process did not start; the end of what it said:\n" + end(log));
    }

    private static String end(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Stops it as an owner does, and waits until it has gone. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(60, TimeUnit.SECONDS)) return;
            process.destroyForcibly().waitFor();
            throw new AssertionError("the process did not stop within a minute");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
