package io.farebox.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A real Redis Cluster on loopback, whose masters share the slots evenly. While one is away the others go on. Nothing is kept on
 * disk but who belongs to it, so a node that starts again comes back empty. Thread-safe as {@link RedisServer} is.
 */
public final class RedisCluster implements AutoCloseable {
    private static final int SLOTS = 16_384;
    /** A node speaks with the others on a port that is higher by this. */
    private static final int BUS = 10_000;

    private static final Duration LONGEST = Duration.ofSeconds(90);

    private final Path directory;
    private final List<RedisServer> masters = new ArrayList<>();
    private final List<RedisServer> replicas = new ArrayList<>();

    /**
     * A cluster that serves.
     *
     * @param replicated whether each master has a replica
     */
    public RedisCluster(int masters, boolean replicated) {
        try {
            this.directory = Files.createTempDirectory("farebox-redis-cluster");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            for (int i = 0; i < masters; i++) this.masters.add(node());
            for (int i = 0; i < masters && replicated; i++) this.replicas.add(node());
            join();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private RedisServer node() {
        int port = freePort();
        return new RedisServer(
                List.of(
                        "cluster-enabled yes",
                        "cluster-config-file " + directory.resolve("nodes-" + port + ".conf"),
                        "cluster-node-timeout 2000",
                        "cluster-require-full-coverage no"),
                port);
    }

    private void join() {
        for (int i = 0; i < masters.size(); i++) {
            int from = i * SLOTS / masters.size();
            int to = (i + 1) * SLOTS / masters.size();
            String slots = IntStream.range(from, to).mapToObj(Integer::toString).collect(Collectors.joining(" "));
            demand(masters.get(i), "CLUSTER ADDSLOTS " + slots);
            demand(masters.get(i), "CLUSTER SET-CONFIG-EPOCH " + (i + 1));
        }
        for (RedisServer node : nodes().subList(1, nodes().size()))
            demand(node, "CLUSTER MEET 127.0.0.1 " + masters.getFirst().port());
        awaitWhole();
        for (int i = 0; i < replicas.size(); i++) {
            RedisServer replica = replicas.get(i);
            demand(replica, "CLUSTER REPLICATE " + masters.get(i).run("CLUSTER MYID"));
            await("a replica", () -> replica.run("INFO replication").contains("master_link_status:up"));
        }
    }

    private static void demand(RedisServer node, String command) {
        String answer = node.run(command);
        if (!answer.startsWith("+OK")) throw new IllegalStateException(command.split(" ")[1] + ": " + answer);
    }

    /** Waits until every node knows all of them and serves. */
    public void awaitWhole() {
        String all = "cluster_known_nodes:" + nodes().size() + "\r";
        for (RedisServer node : nodes()) {
            await("the cluster", () -> {
                String info = node.run("CLUSTER INFO");
                return info.contains("cluster_state:ok")
                        && info.contains(all)
                        && info.contains("cluster_slots_ok:" + SLOTS);
            });
        }
    }

    private static void await(String what, BooleanSupplier there) {
        long begun = System.nanoTime();
        while (!there.getAsBoolean()) {
            if (System.nanoTime() - begun > LONGEST.toNanos())
                throw new IllegalStateException(what + " is not there after " + LONGEST);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private List<RedisServer> nodes() {
        return Stream.concat(masters.stream(), replicas.stream()).toList();
    }

    /** Those that began as masters, by their slots. */
    public List<RedisServer> masters() {
        return List.copyOf(masters);
    }

    /** The replica of each of the masters, if they have one. */
    public List<RedisServer> replicas() {
        return List.copyOf(replicas);
    }

    /** Which of the masters had the slot when the cluster began. */
    public int masterOf(int slot) {
        return ((slot + 1) * masters.size() - 1) / SLOTS;
    }

    /** Runs a command at each master. */
    public void runAtMasters(String command) {
        masters.forEach(master -> demand(master, command));
    }

    /** Names all that began as masters. */
    public String url() {
        return masters.stream()
                .map(master -> "127.0.0.1:" + master.port())
                .collect(Collectors.joining(",", "redis-cluster://", ""));
    }

    private static int freePort() {
        for (int i = 0; i < 1000; i++) {
            int port = RedisServer.freePort();
            if (port + BUS < 65_536 && isFree(port + BUS)) return port;
        }
        throw new IllegalStateException("no port is free together with the one 10,000 above it");
    }

    private static boolean isFree(int port) {
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            return free.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        nodes().forEach(RedisServer::close);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) Files.delete(file);
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
