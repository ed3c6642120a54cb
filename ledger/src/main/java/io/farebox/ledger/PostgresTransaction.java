package io.farebox.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * How a transaction of the writer begins: what it relies on is said for this transaction alone, so it neither depends on how the
 * server, the role or a host's pool is set nor leaves a trace there; then it takes an advisory lock for each name, in the same
 * order as everybody, which it holds until it ends. All in one round trip.
 */
final class PostgresTransaction {
    /** No statement of ours takes long; callers wait five seconds. */
    static final int STATEMENT_MILLIS = 3_500;

    private static final int LOCK_MILLIS = 3_000;

    /** Others may wait for the locks of a process that has stopped in its tracks. */
    private static final int IDLE_MILLIS = 3_000;

    /** At READ COMMITTED each statement sees what was committed before it; so after the locks are taken, all that others did. */
    private static final String BEGIN = "set transaction isolation level read committed; "
            + "select set_config('statement_timeout', '" + STATEMENT_MILLIS + "', true), "
            + "set_config('lock_timeout', '" + LOCK_MILLIS + "', true), "
            + "set_config('idle_in_transaction_session_timeout', '" + IDLE_MILLIS + "', true), "
            + "set_config('synchronous_commit', case current_setting('synchronous_commit') when 'off' then 'on'"
            + " else current_setting('synchronous_commit') end, true); "
            + "select pg_advisory_xact_lock(name) from unnest(cast(? as bigint[])) as names(name)";

    private PostgresTransaction() {}

    static void begin(BookSession session, List<String> names) throws SQLException {
        PreparedStatement statement = session.statement(BEGIN);
        Array locks = session.connection().createArrayOf("bigint", locks(names));
        try {
            statement.setArray(1, locks);
            statement.execute();
        } finally {
            locks.free();
        }
    }

    /** Advisory locks are numbers, and every application of the database shares them. Two names on one number do no harm. */
    private static Object[] locks(List<String> names) {
        MessageDigest hash = sha256();
        return names.stream()
                .map(name -> ByteBuffer.wrap(hash.digest(("farebox book " + name).getBytes(StandardCharsets.UTF_8)))
                        .getLong())
                .distinct()
                .sorted()
                .toArray();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
