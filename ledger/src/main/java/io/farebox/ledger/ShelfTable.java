package io.farebox.ledger;

import io.farebox.gate.BookDesk;
import io.farebox.gate.DeskCursor;
import io.farebox.gate.DeskQuery;
import io.farebox.gate.PaymentRecord;
import io.farebox.gate.Shelf;
import io.farebox.gate.Tally;
import io.farebox.x402.Network;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shelves as they lie in the table of payments. Every statement reads along an index, and stops. */
final class ShelfTable {
    /** The shelf leads the order too: only then does H2 read its index in order and stop. */
    static final String LIST = PaymentTable.SELECT
            + " where shelf = ? and created_at >= ? and created_at < ? and (created_at > ? or payment_id > ?)"
            + " order by shelf, created_at, payment_id fetch first ? rows only";

    static final String BY_ID = PaymentTable.SELECT + " where payment_id = ?";

    static final String TALLY =
            "select network, asset, count(*) as payments, sum(amount) as total, min(created_at) as oldest"
                    + " from (select network, asset, amount, created_at from " + PaymentTable.NAME
                    + " where shelf = ? fetch first " + (BookDesk.MOST_COUNTED + 1) + " rows only) as counted"
                    + " group by network, asset order by network, asset";

    private ShelfTable() {}

    static List<PaymentRecord> list(BookSession session, DeskQuery query) throws SQLException {
        DeskCursor after = query.after();
        long from = Millis.of(query.from());
        PreparedStatement select = session.statement(LIST);
        select.setString(1, query.shelf().name());
        select.setLong(2, after == null ? from : Math.max(from, Millis.of(after.createdAt())));
        select.setLong(3, Millis.of(query.until()));
        select.setLong(4, after == null ? Long.MIN_VALUE : Millis.of(after.createdAt()));
        select.setString(5, after == null ? "" : after.paymentId());
        select.setInt(6, query.limit());
        return BookSession.rows(select).stream().map(Row::toRecord).toList();
    }

    static @Nullable Row byId(BookSession session, String paymentId) throws SQLException {
        session.catchUp();
        PreparedStatement select = session.statement(BY_ID);
        select.setString(1, paymentId);
        List<Row> rows = BookSession.rows(select);
        return rows.isEmpty() ? null : rows.getFirst();
    }

    static List<Tally> tallies(BookSession session) throws SQLException {
        List<Tally> all = new ArrayList<>();
        for (Shelf shelf : Shelf.values()) if (shelf.isOpen()) all.addAll(tallies(session, shelf));
        return all;
    }

    private static List<Tally> tallies(BookSession session, Shelf shelf) throws SQLException {
        PreparedStatement select = session.statement(TALLY);
        select.setString(1, shelf.name());
        List<Tally> counted = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next())
                counted.add(new Tally(
                        shelf,
                        new Network(row.getString("network")),
                        row.getString("asset"),
                        row.getLong("payments"),
                        row.getBigDecimal("total").toBigIntegerExact(),
                        Instant.ofEpochMilli(row.getLong("oldest")),
                        false));
        }
        boolean more = counted.stream().mapToLong(Tally::count).sum() > BookDesk.MOST_COUNTED;
        return more ? counted.stream().map(ShelfTable::atLeast).toList() : counted;
    }

    private static Tally atLeast(Tally tally) {
        return new Tally(
                tally.shelf(), tally.network(), tally.asset(), tally.count(), tally.amount(), tally.oldest(), true);
    }
}
