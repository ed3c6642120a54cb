package io.farebox.ledger;

import io.farebox.outbox.Dispatch;
import io.farebox.outbox.Sender;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Signed transactions, stored before they are sent. */
final class DispatchTable {
    /** Longer than the time over which anybody adds up what was spent. */
    private static final Duration KEPT = Duration.ofDays(30);

    private static final String NAME = "farebox_dispatch";
    private static final String OF = " where network = ? and account = ?";
    private static final String OPEN = "select nonce, attempt, raw, hash, max_fee, tip, cost, stored_at from " + NAME
            + OF + " and is_open order by nonce, attempt";
    private static final String ANY_OPEN = "select 1 from " + NAME + OF + " and is_open fetch first 1 rows only";
    private static final String IS_OPEN = "select 1 from " + NAME + OF + " and nonce = ? and is_open";
    private static final String INSERT = "insert into " + NAME
            + " (network, account, nonce, attempt, raw, hash, max_fee, tip, cost, stored_at, is_open)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, true)";
    private static final String CLOSE = "update " + NAME
            + " set is_open = false, raw = null, cost = case when attempt = 0 then cast(? as numeric(78, 0)) else 0 end"
            + OF + " and nonce = ?";
    private static final String SPENT = "select coalesce(sum(most), 0) from (select max(cost) as most from " + NAME + OF
            + " and stored_at > ? group by nonce) as costs";
    private static final String FORGET = "delete from " + NAME + " where stored_at <= ? and not is_open";

    private DispatchTable() {}

    static List<Dispatch> open(BookSession session, Sender sender) throws SQLException {
        List<Dispatch> open = new ArrayList<>();
        try (ResultSet row = SenderTable.of(session, OPEN, sender, 1).executeQuery()) {
            while (row.next())
                open.add(new Dispatch(
                        row.getLong("nonce"),
                        row.getInt("attempt"),
                        row.getString("raw"),
                        row.getString("hash"),
                        row.getBigDecimal("max_fee").toBigInteger(),
                        row.getBigDecimal("tip").toBigInteger(),
                        row.getBigDecimal("cost").toBigInteger(),
                        Instant.ofEpochMilli(row.getLong("stored_at"))));
        }
        return open;
    }

    static boolean isAnyOpen(BookSession session, Sender sender) throws SQLException {
        try (ResultSet row = SenderTable.of(session, ANY_OPEN, sender, 1).executeQuery()) {
            return row.next();
        }
    }

    static boolean isOpen(BookSession session, Sender sender, long nonce) throws SQLException {
        PreparedStatement select = SenderTable.of(session, IS_OPEN, sender, 1);
        select.setLong(3, nonce);
        try (ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    static void insert(BookSession session, Sender sender, Dispatch dispatch) throws SQLException {
        PreparedStatement insert = SenderTable.of(session, INSERT, sender, 1);
        insert.setLong(3, dispatch.nonce());
        insert.setInt(4, dispatch.attempt());
        insert.setString(5, dispatch.raw());
        insert.setString(6, dispatch.hash());
        insert.setBigDecimal(7, new BigDecimal(dispatch.maxFee()));
        insert.setBigDecimal(8, new BigDecimal(dispatch.tip()));
        insert.setBigDecimal(9, new BigDecimal(dispatch.cost()));
        insert.setLong(10, Millis.of(dispatch.storedAt()));
        session.change(insert);
    }

    static void close(BookSession session, Sender sender, long nonce, BigInteger cost) throws SQLException {
        PreparedStatement update = SenderTable.of(session, CLOSE, sender, 2);
        update.setBigDecimal(1, new BigDecimal(cost));
        update.setLong(4, nonce);
        session.change(update);
    }

    static BigInteger spentSince(BookSession session, Sender sender, Instant since) throws SQLException {
        PreparedStatement select = SenderTable.of(session, SPENT, sender, 1);
        select.setLong(3, Millis.of(since));
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? row.getBigDecimal(1).toBigInteger() : BigInteger.ZERO;
        }
    }

    static int forget(BookSession session, Instant now) throws SQLException {
        PreparedStatement delete = session.statement(FORGET);
        delete.setLong(1, Millis.of(now.minus(KEPT)));
        return session.change(delete);
    }
}
