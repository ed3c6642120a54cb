package io.farebox.helm;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.farebox.testkit.host.FreePort;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A container of a rendered pod as a process of this machine: the gateway's jar with the environment, arguments and files that the pod
 * would give it, and nothing else. Only three things differ: the root of its files is a folder, its ports are free ones, and it
 * listens on the loopback.
 */
final class LocalContainer implements AutoCloseable {
    private static final Path JAR =
            Path.of("../gateway-app/target/farebox-gateway.jar").toAbsolutePath();
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(8);

    final int port;
    final int management = FreePort.find();
    private final MountedFiles files;
    private final Process process;

    private LocalContainer(Container container, MountedFiles files, int port, List<String> more) throws IOException {
        this.files = files;
        this.port = port;
        if (!Files.exists(JAR))
            throw new AssertionError("there is no " + JAR + "; build it: mvn -pl gateway-app -am package -DskipTests");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + files.at("/tmp"),
                "-jar",
                JAR.toString()));
        container.getArgs().forEach(each -> command.add(files.inText(each)));
        command.addAll(more);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(files.root().toFile());
        builder.environment().clear();
        container.getEnv().forEach(each -> builder.environment().put(each.getName(), value(each)));
        builder.environment().putAll(here());
        process =
                builder.redirectErrorStream(true).redirectOutput(log().toFile()).start();
    }

    /** Starts one without waiting for it. */
    static LocalContainer start(Container container, MountedFiles files) throws IOException {
        return start(container, files, FreePort.find());
    }

    /** The same with a port of one's own, and more arguments. */
    static LocalContainer start(Container container, MountedFiles files, int port, String... more) throws IOException {
        return new LocalContainer(container, files, port, List.of(more));
    }

    private Map<String, String> here() {
        return Map.of(
                "SERVER_PORT",
                Integer.toString(port),
                "MANAGEMENT_SERVER_PORT",
                Integer.toString(management),
                "SERVER_ADDRESS",
                "127.0.0.1",
                "MANAGEMENT_SERVER_ADDRESS",
                "127.0.0.1");
    }

    private String value(EnvVar variable) {
        if (variable.getValueFrom() == null) {
            String value = variable.getValue() == null ? "" : variable.getValue();
            return value.startsWith("/") ? files.at(value).toString() : value;
        }
        var from = variable.getValueFrom().getSecretKeyRef();
        return files.secret(from.getName(), from.getKey());
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private Path log() {
        return files.root().resolve("messages.txt");
    }

    String messages() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            return "nothing was said";
        }
    }

    /** Waits until the probe would let requests in. */
    void awaitReady(Container container) {
        String path = container.getReadinessProbe().getHttpGet().getPath();
        await("ready", () -> status("http://127.0.0.1:" + management + path) == 200);
    }

    void awaitSaying(String words) {
        await("saying " + words, () -> messages().contains(words));
    }

    private void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > end)
                throw new AssertionError("never " + what + ":\n" + messages());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    /** The exit code of a container that ends by itself. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE, TimeUnit.NANOSECONDS)) throw new AssertionError("never ended:\n" + messages());
        return process.exitValue();
    }

    static int status(String url) {
        try {
            HttpURLConnection asked =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            asked.setConnectTimeout(10_000);
            asked.setReadTimeout(10_000);
            return asked.getResponseCode();
        } catch (IOException e) {
            return -1;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
