package io.farebox.benchmarks.load;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long the runnable gateway takes from launch to the first request that it serves, and what it then occupies. Every JVM
 * setting has its turn in every round, so that a busy moment of the machine meets them all.
 */
public final class GatewayStarts {
    private static final String YAML = """
            public-url: http://localhost
            upstream: { url: "http://127.0.0.1:%d" }
            pay-to: { eip155: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8" }
            accept: [farebox-dev/USDC]
            facilitators: [{ id: dev, type: dev }]
            book: { url: "jdbc:h2:file:./book" }
            routes:
              - { id: priced, match: "GET /priced", price: "$0.01" }
              - { id: free, match: "/free", free: true }
            """;

    private final int idleSeconds;
    private final int upstream;

    private GatewayStarts(int idleSeconds, int upstream) {
        this.idleSeconds = idleSeconds;
        this.upstream = upstream;
    }

    /** One start: milliseconds on the wall, milliseconds of CPU, resident MiB. */
    private record Start(double wall, double cpu, double resident) {}

    /** @param args rounds, idle seconds, and settings: what stands between java and the gateway's own arguments */
    public static void main(String[] args) throws Exception {
        List<String> settings = Arrays.asList(args).subList(2, args.length);
        List<List<Start>> starts = new ArrayList<>();
        settings.forEach(setting -> starts.add(new ArrayList<>()));
        try (Child outside = Child.start("outside")) {
            var measured = new GatewayStarts(Integer.parseInt(args[1]), outside.port());
            for (int i = 0; i < Integer.parseInt(args[0]); i++) {
                for (int j = 0; j < settings.size(); j++) {
                    Start start = measured.start(settings.get(j));
                    System.out.printf(
                            "%.0f ms, CPU %.0f ms, %.0f MiB: %s%n",
                            start.wall, start.cpu, start.resident, settings.get(j));
                    starts.get(j).add(start);
                }
            }
        }
        System.out.println("medians, and the range");
        for (int j = 0; j < settings.size(); j++) print(settings.get(j), starts.get(j));
    }

    private static void print(String setting, List<Start> starts) {
        System.out.printf(
                "ms %s | CPU ms %s | MiB %s | %s%n",
                summary(starts.stream().mapToDouble(Start::wall).toArray()),
                summary(starts.stream().mapToDouble(Start::cpu).toArray()),
                summary(starts.stream().mapToDouble(Start::resident).toArray()),
                setting);
    }

    private static String summary(double[] values) {
        Arrays.sort(values);
        return String.format("%.0f (%.0f–%.0f)", values[values.length / 2], values[0], values[values.length - 1]);
    }

    private Start start(String setting) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("farebox-start");
        int port = freePort();
        Files.writeString(folder.resolve("farebox.yaml"), YAML.formatted(upstream));
        long begin = System.nanoTime();
        Process process = launch(setting, port, folder);
        try {
            while (!isServing(process, port)) LockSupport.parkNanos(5_000_000);
            double wall = (System.nanoTime() - begin) / 1e6;
            double cpu = process.info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
            TimeUnit.SECONDS.sleep(idleSeconds);
            return new Start(wall, cpu, Child.statusKib(process.pid(), "VmRSS") / 1024.0);
        } finally {
            process.destroy();
            process.waitFor();
            Folders.delete(folder);
        }
    }

    private static Process launch(String setting, int port, Path folder) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(setting.split(" ")));
        command.addAll(List.of("gateway", "--server.port=" + port, "--management.server.port=" + freePort()));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private static boolean isServing(Process process, int port) {
        if (!process.isAlive()) throw new IllegalStateException("the gateway has ended");
        try (Connection connection = new Connection(port)) {
            connection.exchange(Connection.get("/free"), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
