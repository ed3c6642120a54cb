package io.farebox.interop;

import io.farebox.testkit.host.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The gateway as it is installed: its jar in a process of its own, with a file to read. */
final class GatewayJar implements AutoCloseable {
    private static final Path JAR = Path.of("../gateway-app/target/farebox-gateway.jar");

    private final Process process;
    private final int port;
    private final int management;

    private GatewayJar(Process process, int port, int management) {
        this.process = process;
        this.port = port;
        this.management = management;
    }

    /** Starts it and waits until it listens. */
    static GatewayJar start(Path folder, String yaml, String... options) {
        if (!Files.exists(JAR)) {
            throw new AssertionError("there is no " + JAR + "; build it: mvn -pl gateway-app -am package -DskipTests");
        }
        try {
            Path config = Files.writeString(folder.resolve("farebox.yaml"), yaml);
            int port = FreePort.find();
            int management = FreePort.find();
            List<String> command = new java.util.ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-jar",
                    JAR.toAbsolutePath().toString()));
            command.addAll(List.of(options));
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
            builder.environment().put("FAREBOX_CONFIG", config.toString());
            builder.environment().put("SERVER_PORT", Integer.toString(port));
            builder.environment().put("MANAGEMENT_SERVER_PORT", Integer.toString(management));
            builder.redirectErrorStream(true)
                    .redirectOutput(Path.of("target", "gateway-messages.txt").toFile());
            GatewayJar gateway = new GatewayJar(builder.start(), port, management);
            gateway.awaitListening();
            return gateway;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a command of the jar, whose messages go to the log. */
    static Process command(Path folder, Map<String, String> variables, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                JAR.toAbsolutePath().toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(variables);
        return builder.redirectError(Path.of("target", "command-messages.txt").toFile())
                .start();
    }

    private void awaitListening() {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(8);
        while (System.nanoTime() < deadline && process.isAlive()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
        process.destroy();
        throw new AssertionError("the gateway did not start; see target/gateway-messages.txt");
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** Where operators ask it. */
    URI management() {
        return URI.create("http://127.0.0.1:" + management);
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the gateway did not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
