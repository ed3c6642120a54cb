package io.farebox.kills;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A facilitator in a process of its own, on a port that it keeps; killed as {@code kill -9} does and started again. */
final class FacilitatorProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    private final String name;
    private final int port;
    private final int chain;
    private final Path log;
    private Process process;

    /** @param chain port of the {@link ChainServer} */
    FacilitatorProcess(String name, int port, int chain, Path log) throws IOException {
        this.name = name;
        this.port = port;
        this.chain = chain;
        this.log = log;
        start();
    }

    /** @param args its name, its port, the chain's port */
    public static void main(String[] args) throws InterruptedException {
        Chain chain = ChainServer.at(Integer.parseInt(args[2]));
        var desk = new Facilitating(args[0], chain, Duration.ofMillis(10), Moments.NOBODY);
        try (LoopbackServer server = LoopbackServer.start(Integer.parseInt(args[1]), desk)) {
            Thread.currentThread().join();
        }
    }

    /** Starts and waits until it answers. */
    void start() throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FacilitatorProcess.class.getName(),
                        name,
                        Integer.toString(port),
                        Integer.toString(chain))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Instant end = Instant.now().plus(START);
        while (Instant.now().isBefore(end)) {
            try (Wire wire = new Wire(port)) {
                if (wire.get("/supported").status() == 200) return;
            } catch (IOException e) {
                Pauses.of(Duration.ofMillis(20));
            }
        }
        throw new IOException("the facilitator did not start; see " + log);
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
    }
}
