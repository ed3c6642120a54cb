package io.farebox.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL on loopback that a test may stop, start again, freeze and kill. It runs without a forced disk and with
 * {@code synchronous_commit=off}, unless told otherwise. Its superuser {@code postgres} needs no password; members of the role
 * {@code guarded} do. Thread-safe but for {@link #stop} and {@link #start}.
 */
public final class PostgresServer implements AutoCloseable {
    private static final String SUPERUSER = "postgres";

    private final Path directory;
    private final Map<String, String> settings;
    private final AtomicInteger databases = new AtomicInteger();
    private @Nullable EmbeddedPostgres server;
    private int port;

    /**
     * A server that runs.
     *
     * @param settings as in its {@code postgresql.conf}
     */
    public PostgresServer(Map<String, String> settings) {
        this.settings = Map.copyOf(settings);
        try {
            this.directory = Files.createTempDirectory("farebox-postgres");
            start();
            execute("create role guarded");
            guard();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts what {@link #stop} stopped, on the same port, with the same data. */
    public void start() {
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(directory.resolve("data"))
                    .setCleanDataDirectory(false)
                    .setPGStartupWait(Duration.ofSeconds(60));
            settings.forEach(builder::setServerConfig);
            EmbeddedPostgres started = builder.start();
            server = started;
            port = started.getPort();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start", e);
        }
    }

    /** Stops the server; its connections break. */
    public void stop() {
        EmbeddedPostgres running = server;
        server = null;
        if (running == null) return;
        try {
            running.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void guard() throws IOException {
        Path rules = directory.resolve("data/pg_hba.conf");
        List<String> lines = new ArrayList<>(List.of("host all +guarded 127.0.0.1/32 scram-sha-256"));
        lines.addAll(Files.readAllLines(rules));
        Files.write(rules, lines);
        execute("select pg_reload_conf()");
    }

    /** Makes an empty database and returns its JDBC URL, with the superuser in it. */
    public String newDatabase() {
        String name = "test_" + databases.incrementAndGet();
        execute("create database " + name);
        return url(name, SUPERUSER);
    }

    /** The JDBC URL of a database for a user. */
    public String url(String database, String user) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + user;
    }

    public int port() {
        return port;
    }

    /** Runs statements as the superuser in the database {@code postgres}. */
    public void execute(String sql) {
        execute(url(SUPERUSER, SUPERUSER), sql);
    }

    /** Runs statements in the database of a URL. */
    public static void execute(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The first column of what a query finds in the database of a URL, as text. */
    public static List<String> query(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) found.add(String.valueOf(rows.getString(1)));
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The server's processes that serve connections of an application; see {@code application_name}. */
    public List<Long> backends(String application) {
        String sql = "select pid from pg_stat_activity where application_name = '" + application + "' order by pid";
        return query(url(SUPERUSER, SUPERUSER), sql).stream().map(Long::valueOf).toList();
    }

    /** Sends a signal, such as {@code STOP}, {@code CONT} or {@code KILL}, to one of the server's processes. */
    public static void signal(long process, String signal) {
        try {
            int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(process))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) throw new IllegalStateException("kill -" + signal + " " + process + ": exit " + exit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
