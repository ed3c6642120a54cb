package io.farebox.ledger;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A database in memory whose disk can be held back and broken. */
final class TestDisk implements Disk {
    private static final int OPEN = 1_000_000;

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID();
    private final Connection keeper = DriverManager.getConnection(url);
    private final Semaphore gate = new Semaphore(OPEN);
    private final AtomicInteger forced = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean broken;
    private volatile boolean refusing;

    TestDisk() throws SQLException {
        try (Statement statement = keeper.createStatement()) {
            statement.execute("runscript from 'classpath:db/farebox/V1__book.sql'");
        }
    }

    @Override
    public Connection connect() throws SQLException {
        if (refusing) throw new SQLException("no database");
        connections.incrementAndGet();
        Connection connection = DriverManager.getConnection(url);
        connection.setAutoCommit(false);
        return connection;
    }

    @Override
    public void force(Connection connection) throws SQLException {
        gate.acquireUninterruptibly();
        gate.release();
        forced.incrementAndGet();
        boolean fails = broken;
        broken = false;
        if (fails) throw new SQLException("the disk is broken");
    }

    /** From now on {@link #force} waits. */
    void holdBack() {
        gate.drainPermits();
    }

    void awaitHeldBack() {
        while (!gate.hasQueuedThreads()) Thread.yield();
    }

    void letGo() {
        gate.release(OPEN);
    }

    /** The next {@link #force} fails. */
    void breakNext() {
        broken = true;
    }

    void refuse(boolean refuse) {
        refusing = refuse;
    }

    int forced() {
        return forced.get();
    }

    int connections() {
        return connections.get();
    }

    int rows() {
        try (Statement statement = keeper.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from farebox_payment")) {
            count.next();
            return count.getInt(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            keeper.close();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
