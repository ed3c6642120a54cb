package io.farebox.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.RedisServerBuilder;

/**
 * A real Redis on loopback that a test may stop and start again. It keeps nothing on disk, so a start finds it empty. Thread-safe
 * but for {@link #stop} and {@link #start}.
 */
public final class RedisServer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final List<String> settings;
    private final int port;
    private redis.embedded.@Nullable RedisServer server;

    /**
     * A server that runs.
     *
     * @param settings lines of its {@code redis.conf}
     */
    public RedisServer(List<String> settings) {
        this(settings, freePort());
    }

    RedisServer(List<String> settings, int port) {
        this.settings = List.copyOf(settings);
        this.port = port;
        start();
    }

    /** Starts what {@link #stop} stopped, on the same port. */
    public void start() {
        try {
            RedisServerBuilder builder = redis.embedded.RedisServer.newRedisServer()
                    .bind(HOST)
                    .port(port)
                    .setting("save \"\"")
                    .setting("appendonly no")
                    .onShutdownForceStop(true);
            settings.forEach(builder::setting);
            redis.embedded.RedisServer started = builder.build();
            started.start();
            server = started;
        } catch (IOException e) {
            throw new UncheckedIOException("Redis did not start", e);
        }
    }

    /** Kills the server, as {@code kill -9} does; its connections break and what it knew is lost. */
    public void stop() {
        redis.embedded.RedisServer running = server;
        server = null;
        if (running == null) return;
        try {
            running.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "redis://" + HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    /** Runs a command without spaces in its arguments; answers the text, or the line as the protocol has it, {@code +OK}. */
    public String run(String command) {
        try (Socket socket = new Socket(HOST, port)) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String line = String.valueOf(answer.readLine());
            if (!line.startsWith("$")) return line;
            char[] text = new char[Math.max(0, Integer.parseInt(line.substring(1)))];
            int length = 0;
            for (int read = 0; read >= 0 && length < text.length; length += Math.max(0, read))
                read = answer.read(text, length, text.length - length);
            return new String(text, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(command, e);
        }
    }

    static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
