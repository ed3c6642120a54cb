package io.farebox.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** The database that holds a book. All but {@link #reader} and {@link #release} is for the writer's thread alone. */
interface Disk extends AutoCloseable {
    /** What a failure means for the transaction in which it happened. */
    enum Trouble {
        /** One operation was refused; the others of its transaction may be made without it. */
        OPERATION,
        /** The transaction is lost through no fault of its own, and may be run again at once. */
        AGAIN,
        /** The transaction is lost. */
        LOST
    }

    /** A connection for the writer, without auto-commit. */
    Connection connect() throws SQLException;

    /** A connection for one read. */
    default Connection reader() throws SQLException {
        return connect();
    }

    /** Takes a connection back, whatever state it is in; what it has not committed is undone. */
    default void release(Connection connection) throws SQLException {
        try (connection) {
            if (!connection.getAutoCommit()) connection.rollback();
        }
    }

    /**
     * Begins a transaction. Until it ends, no transaction of another process touches the same names, and all that was committed
     * by those that did is seen.
     *
     * @param names what will be read or written by rules that span rows
     */
    default void begin(BookSession session, List<String> names) throws SQLException {}

    /** How long a crowd of operations waits for more to share its commit; zero where a commit costs no more than they would wait. */
    default Duration gathering() {
        return Duration.ZERO;
    }

    /** Returns once everything that was committed is on the disk. */
    void force(Connection connection) throws SQLException;

    /** Nothing was written for a while. @return whether the writer keeps its connection; it is taken back otherwise */
    default boolean rest(Connection connection) throws SQLException {
        force(connection);
        return true;
    }

    default Trouble judge(Throwable failure) {
        return failure instanceof StaleRowException ? Trouble.AGAIN : Trouble.OPERATION;
    }

    /** Whether other processes may have the book open, too. */
    default boolean isShared() {
        return false;
    }

    @Override
    void close();
}
