package io.farebox.replicas;

import io.farebox.testkit.host.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One of several processes that sell the same: killed and started again on the same port with the same price list. */
final class Replica implements AutoCloseable {
    /** What runs in the process. */
    enum Kind {
        /** The gateway's own jar. */
        GATEWAY,
        /** Tomcat with the filter. */
        SERVLET
    }

    private static final Path JAR = Path.of("../gateway-app/target/farebox-gateway.jar");
    private static final Duration START = Duration.ofMinutes(4);

    private final Kind kind;
    private final Path folder;
    private final Path prices;
    private final String upstream;
    private final int port;
    private Process process;

    Replica(Kind kind, Path folder, String yaml, String upstream) {
        this.kind = kind;
        this.folder = folder;
        this.upstream = upstream;
        try {
            Files.createDirectories(folder);
            this.prices = Files.writeString(folder.resolve("farebox.yaml"), yaml);
            this.port = FreePort.find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Starts the process and does not wait for it. */
    synchronized void start() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(program());
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
            builder.environment().put("FAREBOX_CONFIG", prices.toString());
            builder.environment().put("SERVER_ADDRESS", "127.0.0.1");
            builder.environment().put("SERVER_PORT", Integer.toString(port));
            builder.environment().put("MANAGEMENT_SERVER_PORT", Integer.toString(FreePort.find()));
            builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> program() {
        if (kind == Kind.SERVLET) {
            String classes = System.getProperty("java.class.path");
            return List.of(
                    "-cp", classes, ServletHost.class.getName(), prices.toString(), Integer.toString(port), upstream);
        }
        if (!Files.exists(JAR))
            throw new AssertionError("there is no " + JAR + "; build it: mvn -pl gateway-app -am package -DskipTests");
        return List.of("-jar", JAR.toAbsolutePath().toString());
    }

    private Path log() {
        return folder.resolve("messages.txt");
    }

    /** Waits until it asks for money. */
    void awaitServing() {
        long end = System.nanoTime() + START.toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(url(Fleet.PATH))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            while (System.nanoTime() < end && process.isAlive()) {
                if (status(http, request) == 402) return;
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
        throw new AssertionError("a replica did not start:\n" + messages());
    }

    private static int status(HttpClient http, HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0; // not up yet
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String messages() {
        try {
            return Files.exists(log()) ? Files.readString(log()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code kill -9}; returns when it is dead. */
    synchronized void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (process.waitFor(60, TimeUnit.SECONDS)) return;
            process.destroyForcibly();
            throw new AssertionError("a replica did not stop:\n" + messages());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized void close() {
        if (process == null) return;
        process.destroy();
        awaitEnd();
    }
}
