package io.farebox.benchmarks.load;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The gateway's own jar, as an owner runs it, on two ports of loopback. It is told to stop when this is closed. */
final class GatewayProcess implements AutoCloseable {
    private static final int SECONDS = 60;

    private final Process process;
    private final int port;

    private GatewayProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it and waits until it serves.
     *
     * @param log where it writes
     * @param options for its JVM
     */
    static GatewayProcess start(Path jar, Path prices, File log, String... options) throws Exception {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-jar",
                jar.toString(),
                "--farebox.config=" + prices,
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--management.server.address=127.0.0.1",
                "--management.server.port=" + freePort()));
        GatewayProcess gateway = new GatewayProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log)
                        .start(),
                port);
        try {
            gateway.awaitConnection();
            return gateway;
        } catch (Exception e) {
            gateway.close();
            throw e;
        }
    }

    int port() {
        return port;
    }

    CpuTime cpu() throws IOException {
        return CpuTime.of(process.pid());
    }

    CpuTime compilers() throws IOException {
        return CpuTime.ofCompilers(process.pid());
    }

    private void awaitConnection() throws Exception {
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS); System.nanoTime() < end; ) {
            if (!process.isAlive()) throw new IOException("the gateway has ended; see its log");
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return;
            } catch (IOException notYet) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw new IOException("the gateway does not listen after " + SECONDS + " s; see its log");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) process.destroyForcibly();
    }
}
