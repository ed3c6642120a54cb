package io.farebox.ledger;

import io.farebox.gate.ClaimRequest;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of the book over one connection, whose transactions its owner ends. Confined to one thread. */
final class BookSession implements AutoCloseable {
    /**
     * Everything that a claim must look at, in one round trip; a row may come more than once. The last part, what is open for
     * the payer, is an index range, narrowed here so that a payer with much under way costs little.
     */
    static final String RELATED = PaymentTable.SELECT + " where payment_key = ? union all " + PaymentTable.SELECT
            + " where run_key = ? union all " + PaymentTable.SELECT + " where payer = ? and wakes_at >= 0"
            + " and ((request_digest = ? and state in ('SETTLING', 'UNKNOWN')) or (route_id = ? and state = 'SETTLED'))";

    static final String BY_KEY = PaymentTable.SELECT + " where payment_key = ?";
    private static final String BY_KEYS = PaymentTable.SELECT + " where payment_key = any(?)";
    // Without a lower end H2 reads its index from the nulls on: every row that is at rest.
    static final String LAPSED = PaymentTable.SELECT
            + " where wakes_at >= 0 and wakes_at <= ? and delivery <> 'OWED' order by wakes_at, payment_key fetch first ? rows only"
            + " for update skip locked";
    static final String SAME_TRANSACTION = "select 1 from " + PaymentTable.NAME
            + " where tx_key = ? and network = ? and payment_key <> ? fetch first 1 rows only";
    static final String LAPSE_OWED = "update " + PaymentTable.NAME
            + " set state = 'REFUND_DUE', wakes_at = null, updated_at = ?, version = version + 1"
            + " where wakes_at >= 0 and wakes_at <= ? and delivery = 'OWED' and state = 'SETTLED'";
    private static final String LAPSE_LEASES = "update " + PaymentTable.NAME
            + " set lease_until = 0, wakes_at = 0, version = version + 1 where wakes_at > 0 and delivery <> 'OWED'";

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final Map<String, Row> ahead = new HashMap<>();
    private final List<Row> inserted = new ArrayList<>();
    private final List<Row> saved = new ArrayList<>();
    private final List<Row> watched = new ArrayList<>();
    private boolean changed;

    /** What the last claim looked at; null once anything was written since, or another transaction began. */
    private @Nullable Look last;

    private record Look(String key, String payer, String requestDigest, String routeId, List<Row> rows) {
        boolean isFor(ClaimRequest request) {
            return key.equals(request.key())
                    && payer.equals(request.payer())
                    && requestDigest.equals(request.requestDigest())
                    && routeId.equals(request.routeId());
        }
    }

    BookSession(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** Whether anything was written since the last call. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /** What was looked at in an earlier transaction may have been changed by others. */
    void begin() {
        last = null;
    }

    /** Reads rows in one go that {@link #find} will be asked for. */
    void readAhead(Object[] keys) throws SQLException {
        if (keys.length > 0) for (Row row : findAll(keys)) ahead.put(row.key, row);
    }

    List<Row> findAll(Object[] keys) throws SQLException {
        Array all = connection.createArrayOf("varchar", keys);
        try {
            PreparedStatement select = statement(BY_KEYS);
            select.setArray(1, all);
            return rows(select);
        } finally {
            all.free();
        }
    }

    @Nullable
    Row find(String key) throws SQLException {
        Row known = ahead.get(key);
        if (known != null) return known;
        writeNow();
        PreparedStatement select = statement(BY_KEY);
        select.setString(1, key);
        List<Row> rows = rows(select);
        return rows.isEmpty() ? null : rows.getFirst();
    }

    /** A row that was changed and will not be saved is read again. */
    void forget(Row row) {
        ahead.remove(row.key);
    }

    /** Forgets rows that were read ahead, and writes that wait: they are undone, or others may have changed them. */
    void forget() throws SQLException {
        last = null;
        ahead.clear();
        if (!inserted.isEmpty()) statement(PaymentTable.INSERT).clearBatch();
        if (!saved.isEmpty()) statement(PaymentTable.UPDATE).clearBatch();
        if (!watched.isEmpty()) statement(WatchTable.INSERT).clearBatch();
        inserted.clear();
        saved.clear();
        watched.clear();
    }

    /** Undoes the transaction. */
    void undo() throws SQLException {
        forget();
        connection.rollback();
    }

    /** One payment that is sent many times at once is looked up once: on a slow way the crowd would outlast its patience. */
    List<Row> related(ClaimRequest request) throws SQLException {
        ahead.clear();
        if (last != null && last.isFor(request)) return last.rows();
        if (isRelated(inserted, request) || isRelated(saved, request)) writeNow();
        PreparedStatement select = statement(RELATED);
        select.setString(1, request.key());
        select.setString(2, request.key());
        select.setString(3, request.payer());
        select.setString(4, request.requestDigest());
        select.setString(5, request.routeId());
        List<Row> rows = rows(select);
        last = new Look(request.key(), request.payer(), request.requestDigest(), request.routeId(), rows);
        return rows;
    }

    private static boolean isRelated(List<Row> rows, ClaimRequest request) {
        for (Row row : rows)
            if (row.key.equals(request.key())
                    || row.payer.equals(request.payer())
                    || request.key().equals(row.runKey)) return true;
        return false;
    }

    /** Rows that somebody must look at; one that another process looks at now is left to it. */
    List<Row> lapsed(long now, int limit) throws SQLException {
        catchUp();
        PreparedStatement select = statement(LAPSED);
        select.setLong(1, now);
        select.setInt(2, limit);
        return rows(select);
    }

    /** Whether another payment stands on this row's transaction. */
    boolean sharesTransaction(Row row) throws SQLException {
        String transaction = row.transactionKey();
        if (transaction == null) return false;
        writeNow();
        PreparedStatement select = statement(SAME_TRANSACTION);
        select.setString(1, transaction);
        select.setString(2, row.network.caip2());
        select.setString(3, row.key);
        try (ResultSet found = select.executeQuery()) {
            return found.next();
        }
    }

    /** As {@link #save}, for a row that is new. */
    void insert(Row row) throws SQLException {
        last = null;
        PreparedStatement insert = statement(PaymentTable.INSERT);
        PaymentTable.bind(insert, row);
        insert.addBatch();
        inserted.add(row);
    }

    /** Writes a row with the next {@link #writeNow}, which every query does first that could find it. */
    void save(Row row) throws SQLException {
        last = null;
        long read = row.version++;
        PreparedStatement update = statement(PaymentTable.UPDATE);
        update.setLong(PaymentTable.bind(update, row) + 1, read);
        update.addBatch();
        saved.add(row);
    }

    /** Puts a row on the list of those that the chain may take back, with the next {@link #writeNow}. */
    void watch(Row row, long lookAt) throws SQLException {
        WatchTable.bind(statement(WatchTable.INSERT), row, lookAt).addBatch();
        watched.add(row);
    }

    /** @throws StaleRowException if another writer changed a saved row since it was read */
    void writeNow() throws SQLException {
        // What is new may have been changed again.
        write(PaymentTable.INSERT, inserted);
        write(PaymentTable.UPDATE, saved);
        write(WatchTable.INSERT, watched);
    }

    private void write(String sql, List<Row> rows) throws SQLException {
        if (rows.isEmpty()) return;
        rows.clear();
        // A driver told to join inserts does not count them; a key that is there already is an error in any case.
        boolean uncounted = !sql.equals(PaymentTable.UPDATE);
        for (int count : statement(sql).executeBatch()) {
            if (count != 1 && !(uncounted && count == Statement.SUCCESS_NO_INFO)) throw new StaleRowException();
        }
        changed = true;
    }

    /** Before rows are read or written in another way: what was read ahead may not hold afterwards. */
    void catchUp() throws SQLException {
        last = null;
        writeNow();
        ahead.clear();
    }

    int lapseOwed(long now) throws SQLException {
        catchUp();
        PreparedStatement update = statement(LAPSE_OWED);
        update.setLong(1, now);
        update.setLong(2, now);
        return change(update);
    }

    /** Lets every lease end: only for a book that no other process has open. */
    int lapseLeases() throws SQLException {
        catchUp();
        return change(statement(LAPSE_LEASES));
    }

    /** Runs a write; how many rows it changed. */
    int change(PreparedStatement write) throws SQLException {
        int count = write.executeUpdate();
        changed |= count > 0;
        return count;
    }

    /** Runs the writes of a batch. */
    void changeAll(PreparedStatement writes) throws SQLException {
        for (int count : writes.executeBatch()) changed |= count != 0;
    }

    PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known != null) return known;
        PreparedStatement prepared = connection.prepareStatement(sql);
        statements.put(sql, prepared);
        return prepared;
    }

    static List<Row> rows(PreparedStatement select) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (ResultSet result = select.executeQuery()) {
            while (result.next()) rows.add(PaymentTable.read(result));
        }
        return rows;
    }

    /** Ends the statements; the connection is its owner's. */
    @Override
    public void close() throws SQLException {
        for (PreparedStatement each : statements.values()) each.close();
        statements.clear();
    }
}
