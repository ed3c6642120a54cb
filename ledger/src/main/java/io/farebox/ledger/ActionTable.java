package io.farebox.ledger;

import io.farebox.gate.DeskEntry;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What operators did, in its table. There is no statement that changes or deletes any of it. */
final class ActionTable {
    static final String CHAIN = "chain";
    static final String OPERATOR = "operator";

    private static final String NAME = "farebox_operator_action";
    private static final String INSERT = "insert into " + NAME
            + " (acted_at, acted_by, action, payment_id, was, became, word, reference, note)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /** One payment has a handful of them. */
    static final String OF_PAYMENT = "select acted_at, acted_by, action, was, became, word, reference, note from "
            + NAME + " where payment_id = ? order by action_id fetch first 100 rows only";

    private ActionTable() {}

    static void add(BookSession session, @Nullable String paymentId, DeskEntry entry) throws SQLException {
        PreparedStatement insert = session.statement(INSERT);
        insert.setLong(1, Millis.of(entry.at()));
        insert.setString(2, entry.by());
        insert.setString(3, entry.action());
        insert.setString(4, paymentId);
        insert.setString(5, entry.before());
        insert.setString(6, entry.after());
        insert.setString(7, entry.word());
        insert.setString(8, entry.reference());
        insert.setString(9, entry.note());
        session.change(insert);
    }

    static List<DeskEntry> of(BookSession session, String paymentId) throws SQLException {
        PreparedStatement select = session.statement(OF_PAYMENT);
        select.setString(1, paymentId);
        List<DeskEntry> entries = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) entries.add(read(row));
        }
        return entries;
    }

    private static DeskEntry read(ResultSet row) throws SQLException {
        return new DeskEntry(
                Instant.ofEpochMilli(row.getLong("acted_at")),
                text(row, "acted_by"),
                text(row, "action"),
                text(row, "was"),
                text(row, "became"),
                text(row, "word"),
                row.getString("reference"),
                text(row, "note"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }

    static @Nullable String lastReference(BookSession session, String paymentId, String action) throws SQLException {
        return of(session, paymentId).stream()
                .filter(entry -> entry.action().equals(action))
                .reduce((first, second) -> second)
                .map(DeskEntry::reference)
                .orElse(null);
    }
}
