package io.farebox.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/** An H2 database in a file, of which this process is the only owner. */
final class H2Disk implements Disk {
    /** H2's code for a database file that another process has open. */
    private static final int ALREADY_OPEN = 90020;

    private final HikariDataSource pool;

    private H2Disk(HikariDataSource pool) {
        this.pool = pool;
    }

    /** @throws BookOpenException if it cannot be opened, or has another owner */
    static H2Disk open(H2Url url, int readers) {
        BookFile.make(url.file());
        try (Connection owner = connect(url)) {
            refuseSharing(owner, url);
            HikariDataSource pool = pool(url, readers);
            try {
                Migrations.run(pool).ifPresent(newer -> {
                    throw newer(url, newer);
                });
                return new H2Disk(pool);
            } catch (RuntimeException e) {
                pool.close();
                throw failed(url, e);
            }
        } catch (SQLException e) {
            throw failed(url, e);
        }
    }

    private static Connection connect(H2Url url) throws SQLException {
        return DriverManager.getConnection(url.jdbc(), "farebox", "");
    }

    /** Within one process H2 would share the database with whoever has it open, and two books would write it. */
    private static void refuseSharing(Connection owner, H2Url url) throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet sessions = statement.executeQuery("select count(*) from information_schema.sessions")) {
            sessions.next();
            if (sessions.getInt(1) != 1) throw taken(url, "this process", null);
        }
    }

    private static BookOpenException failed(H2Url url, Exception cause) {
        if (cause instanceof BookOpenException known) return known;
        if (cause instanceof SQLException sql && sql.getErrorCode() == ALREADY_OPEN)
            return taken(url, "another process", cause);
        if (cause instanceof FlywayException)
            return new BookOpenException(
                    "the tables of the book " + url.file()
                            + " could not be brought up to date; if they were changed by hand, restore the book from a"
                            + " backup",
                    cause);
        return new BookOpenException(
                "the book " + url.file() + " cannot be opened; if its file is damaged, restore it from a backup",
                cause);
    }

    private static BookOpenException newer(H2Url url, String change) {
        return new BookOpenException(
                "the book " + url.file() + " was written by a newer Farebox (" + change
                        + "); run that version, or restore the book that belongs to this one",
                null);
    }

    private static BookOpenException taken(H2Url url, String by, @Nullable Exception cause) {
        return new BookOpenException(
                "the book " + url.file() + " is open in " + by
                        + " already, and an H2 book has one owner; stop the other one, give this one a book.url of its own,"
                        + " or share a PostgreSQL book",
                cause);
    }

    private static HikariDataSource pool(H2Url url, int readers) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("farebox-book");
        config.setJdbcUrl(url.jdbc());
        config.setUsername("farebox");
        config.setPassword("");
        config.setMaximumPoolSize(readers + 1); // and the writer
        config.setConnectionTimeout(3_000);
        return new HikariDataSource(config);
    }

    @Override
    public Connection connect() throws SQLException {
        Connection connection = pool.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public Connection reader() throws SQLException {
        return pool.getConnection();
    }

    /** Each commit writes anew every page that it touches, up to the root, in the caller's own process: see RATIONALE.md. */
    @Override
    public Duration gathering() {
        return Duration.ofMillis(5);
    }

    /** Writes what is committed, forces the file, and lets H2 make room by moving what is still in use together. */
    @Override
    public void force(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("checkpoint sync");
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
