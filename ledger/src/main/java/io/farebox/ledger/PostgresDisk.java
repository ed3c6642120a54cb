package io.farebox.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL database, which any number of processes share. */
final class PostgresDisk implements Disk {
    /** A server that says nothing for that long has the connection ended: before its callers lose patience. */
    private static final Duration SILENCE = Duration.ofSeconds(4);

    /** Altering the tables of a large book takes its time. */
    private static final Duration MIGRATION = Duration.ofMinutes(10);

    private final DataSource writers;
    private final DataSource readers;
    private final Runnable end;
    private final @Nullable Loan loan;

    /** As a host's connections are, and have to be given back. */
    private record Loan(boolean autoCommit, int networkTimeout) {}

    private PostgresDisk(DataSource writers, DataSource readers, Runnable end, @Nullable Loan loan) {
        this.writers = writers;
        this.readers = readers;
        this.end = end;
        this.loan = loan;
    }

    /**
     * Opens a database with connections of our own. The writer keeps one; it has no use for a pool, and after an outage it need
     * not wait until one dares to connect again.
     *
     * @throws BookOpenException if it cannot be opened
     */
    static PostgresDisk open(PostgresUrl url, int readerCount) {
        DataSource writers = url.source("farebox-book-writer", SILENCE);
        try {
            prepare(url.where(), url.source("farebox-book-tables", MIGRATION));
            HikariDataSource pool = pool(url.source("farebox-book-reader", SILENCE), readerCount);
            return new PostgresDisk(writers, pool, pool::close, null);
        } catch (SQLException | RuntimeException e) {
            throw PostgresFailures.opening(url.where(), e);
        }
    }

    /**
     * Opens a database with a host's connections. They are lent for one read, or for as long as there is something to write,
     * and given back as they were.
     *
     * @throws BookOpenException if it cannot be opened, or is no PostgreSQL
     */
    static PostgresDisk open(DataSource host) {
        String where = "the book in the application's database";
        try (Connection connection = host.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            if (!product.equals("PostgreSQL"))
                throw new BookOpenException(
                        "the application's DataSource leads to " + product
                                + ", and a shared book needs PostgreSQL; give the book a book.url of its own",
                        null);
            var loan = new Loan(connection.getAutoCommit(), connection.getNetworkTimeout());
            prepare(where, host);
            return new PostgresDisk(host, host, () -> {}, loan);
        } catch (SQLException | RuntimeException e) {
            throw PostgresFailures.opening(where, e);
        }
    }

    private static HikariDataSource pool(DataSource source, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("farebox-book");
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setConnectionTimeout(2_000);
        config.setValidationTimeout(1_000);
        config.setConnectionInitSql("set statement_timeout = " + PostgresTransaction.STATEMENT_MILLIS);
        return new HikariDataSource(config);
    }

    private static void prepare(String where, DataSource source) throws SQLException {
        PostgresChecks.server(where, source);
        Migrations.run(source).ifPresent(newer -> {
            throw new BookOpenException(
                    where + " was written by a newer Farebox (" + newer
                            + "); run that version, or restore the book that belongs to this one",
                    null);
        });
        PostgresChecks.tables(source);
    }

    @Override
    public Connection connect() throws SQLException {
        return ready(writers.getConnection(), false);
    }

    @Override
    public Connection reader() throws SQLException {
        return ready(readers.getConnection(), true);
    }

    private Connection ready(Connection connection, boolean autoCommit) throws SQLException {
        try {
            connection.setAutoCommit(autoCommit);
            if (loan != null) connection.setNetworkTimeout(Runnable::run, (int) SILENCE.toMillis());
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void release(Connection connection) throws SQLException {
        try {
            if (!connection.getAutoCommit()) connection.rollback();
            if (loan == null) return;
            connection.setAutoCommit(loan.autoCommit());
            connection.setNetworkTimeout(Runnable::run, loan.networkTimeout());
        } catch (SQLException e) {
            // Nobody else may be lent what is broken; so before it goes back.
            connection.abort(Runnable::run);
        } finally {
            connection.close();
        }
    }

    @Override
    public void begin(BookSession session, List<String> names) throws SQLException {
        PostgresTransaction.begin(session, names);
    }

    /** A commit that has returned is on the server's disk. */
    @Override
    public void force(Connection connection) {}

    /** What was lent is given back. Our own is asked whether it lives, which also keeps it alive on its way. */
    @Override
    public boolean rest(Connection connection) throws SQLException {
        if (loan != null) return false;
        boolean lives = connection.isValid((int) SILENCE.toSeconds());
        if (lives) connection.rollback();
        return lives;
    }

    @Override
    public Trouble judge(Throwable failure) {
        return PostgresFailures.judge(failure);
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public void close() {
        end.run();
    }
}
