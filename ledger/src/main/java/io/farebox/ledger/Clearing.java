package io.farebox.ledger;

import io.farebox.gate.DeskEntry;
import io.farebox.gate.Erasure;
import io.farebox.gate.ErasureResult;
import io.farebox.gate.Retention;
import io.farebox.gate.Shelf;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is cleared away: payments that are old, and payers who want to be forgotten. */
final class Clearing {
    /** Along the shelf's index, as far as the first payment that is young. Without a lower end H2 would read all of the shelf. */
    static final String OLD = "select payment_key from " + PaymentTable.NAME
            + " where shelf = ? and created_at >= 0 and created_at < ? and updated_at < ? and valid_before <= ?"
            + " order by shelf, created_at, payment_id fetch first ? rows only for update skip locked";

    private static final String DELETE = "delete from " + PaymentTable.NAME + " where payment_key = any(?)";

    /** Under way, unknown or owed; the index of payers has them together. */
    static final String AWAKE =
            "select 1 from " + PaymentTable.NAME + " where payer = ? and wakes_at >= 0 fetch first 1 rows only";

    static final String REFUND_DUE = "select 1 from " + PaymentTable.NAME
            + " where shelf = 'REFUND_DUE' and created_at >= 0 and payer = ? fetch first 1 rows only";

    private static final String OF_PAYER =
            PaymentTable.SELECT + " where payer = ? and updated_at < ? and valid_before < ? fetch first ? rows only";

    private static final String ANY_OF_PAYER =
            "select 1 from " + PaymentTable.NAME + " where payer = ? fetch first 1 rows only";

    private static final String RENAME = "update " + PaymentTable.NAME + " set payment_key = ?, payer = ?,"
            + " receipt_payer = ?, run_key = ?, version = version + 1 where payment_key = ? and version = ?";

    private Clearing() {}

    static int forget(BookSession session, Retention retention, int limit) throws SQLException {
        int gone = 0;
        for (Shelf shelf : Shelf.values()) {
            Instant before = before(shelf, retention);
            if (before != null && gone < limit)
                gone += forget(session, shelf, before, retention.windowsOver(), limit - gone);
        }
        BalanceTable.forget(session, retention.paidBefore(), limit);
        return gone;
    }

    private static @Nullable Instant before(Shelf shelf, Retention retention) {
        return switch (shelf) {
            case UNPAID -> retention.unpaidBefore();
            case PAID, REVERSED -> retention.paidBefore();
            case UNKNOWN, OWED, REFUND_DUE -> null;
        };
    }

    private static int forget(BookSession session, Shelf shelf, Instant before, Instant windowsOver, int limit)
            throws SQLException {
        session.catchUp();
        PreparedStatement select = session.statement(OLD);
        select.setString(1, shelf.name());
        select.setLong(2, Millis.of(before));
        select.setLong(3, Millis.of(before));
        select.setLong(4, Millis.of(windowsOver));
        select.setInt(5, limit);
        List<String> keys = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) keys.add(row.getString(1));
        }
        return keys.isEmpty() ? 0 : delete(session, keys);
    }

    private static int delete(BookSession session, List<String> keys) throws SQLException {
        Array all = session.connection().createArrayOf("varchar", keys.toArray());
        try {
            PreparedStatement delete = session.statement(DELETE);
            delete.setArray(1, all);
            return session.change(delete);
        } finally {
            all.free();
        }
    }

    static ErasureResult erase(BookSession session, Erasure erasure) throws SQLException {
        session.catchUp();
        if (finds(session, AWAKE, erasure.payer()) || finds(session, REFUND_DUE, erasure.payer()))
            return new ErasureResult.StillOpen();
        // What is left on a balance is the payer's, under the name that it was paid under.
        if (BalanceTable.isOpen(session, erasure.payer())) return new ErasureResult.StillOpen();
        BalanceTable.erase(session, erasure.payer(), erasure.pseudonym().apply(erasure.payer()));
        TokenTable.erase(session, erasure.payer());
        List<Row> rows = atRest(session, erasure);
        for (Row row : rows) rename(session, row, erasure);
        if (!rows.isEmpty()) write(session, erasure, rows.size());
        return new ErasureResult.Erased(
                rows.size(), rows.size() < erasure.limit() && finds(session, ANY_OF_PAYER, erasure.payer()));
    }

    private static List<Row> atRest(BookSession session, Erasure erasure) throws SQLException {
        PreparedStatement select = session.statement(OF_PAYER);
        select.setString(1, erasure.payer());
        select.setLong(2, Millis.of(erasure.restingSince()));
        select.setLong(3, Millis.of(erasure.restingSince()));
        select.setInt(4, erasure.limit());
        return BookSession.rows(select);
    }

    private static boolean finds(BookSession session, String sql, String payer) throws SQLException {
        PreparedStatement select = session.statement(sql);
        select.setString(1, payer);
        try (ResultSet found = select.executeQuery()) {
            return found.next();
        }
    }

    private static void rename(BookSession session, Row row, Erasure erasure) throws SQLException {
        PreparedStatement update = session.statement(RENAME);
        update.setString(1, erasure.pseudonym().apply(row.key));
        update.setString(2, erasure.pseudonym().apply(row.payer));
        update.setString(
                3, row.receiptPayer == null ? null : erasure.pseudonym().apply(row.receiptPayer));
        update.setString(4, row.runKey == null ? null : erasure.pseudonym().apply(row.runKey));
        update.setString(5, row.key);
        update.setLong(6, row.version);
        if (session.change(update) != 1) throw new StaleRowException();
    }

    private static void write(BookSession session, Erasure erasure, int rows) throws SQLException {
        String pseudonym = erasure.pseudonym().apply(erasure.payer());
        ActionTable.add(
                session,
                null,
                new DeskEntry(
                        erasure.now(),
                        erasure.by(),
                        "erase",
                        rows + " payments of a payer",
                        "under a pseudonym",
                        ActionTable.OPERATOR,
                        pseudonym,
                        erasure.note()));
    }
}
