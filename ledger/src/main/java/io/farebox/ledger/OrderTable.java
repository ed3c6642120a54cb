package io.farebox.ledger;

import io.farebox.outbox.NewOrder;
import io.farebox.outbox.Order;
import io.farebox.outbox.OrderEnd;
import io.farebox.outbox.Sender;
import io.farebox.x402.Network;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The settlements that our own facilitator has taken on. */
final class OrderTable {
    private static final String NAME = "farebox_order";
    private static final String SELECT =
            "select order_key, network, account, digest, payload, state, nonce, tx, reason from " + NAME;
    private static final String BY_KEY = SELECT + " where order_key = ?";
    private static final String OF = " where network = ? and account = ?";
    private static final String OLDEST =
            SELECT + OF + " and state in ('QUEUED', 'TAKEN') order by queued_at, order_key fetch first ? rows only";
    private static final String BY_NONCE = SELECT + OF + " and nonce = ? order by order_key";
    private static final String ANY_OPEN =
            "select 1 from " + NAME + OF + " and state in ('QUEUED', 'TAKEN') fetch first 1 rows only";
    private static final String INSERT = "insert into " + NAME
            + " (state, queued_at, updated_at, keep_until, network, account, digest, payload, order_key)"
            + " values ('QUEUED', ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String AGAIN = "update " + NAME
            + " set state = 'QUEUED', nonce = null, tx = null, reason = null, queued_at = ?, updated_at = ?, keep_until = ?,"
            + " network = ?, account = ?, digest = ?, payload = ? where order_key = ?";
    private static final String WITHDRAW = "update " + NAME
            + " set state = 'WITHDRAWN', payload = null, updated_at = ? where order_key = ? and state = 'QUEUED' and tx is null";
    private static final String TAKE = "update " + NAME
            + " set state = 'TAKEN', updated_at = ? where order_key = ? and state in ('QUEUED', 'TAKEN')";
    private static final String SENT = "update " + NAME
            + " set state = 'SENT', nonce = ?, tx = ?, updated_at = ? where order_key = ? and state = 'TAKEN'";
    private static final String RENAME =
            "update " + NAME + " set tx = ?, updated_at = ?" + OF + " and nonce = ? and state = 'SENT'";
    private static final String REQUEUE = "update " + NAME
            + " set state = 'QUEUED', nonce = null, queued_at = ? where order_key = ? and state in ('TAKEN', 'SENT')";
    private static final String END = "update " + NAME
            + " set state = ?, tx = ?, reason = ?, updated_at = ?, payload = case when nonce is null then null else payload end"
            + " where order_key = ? and state not in ('QUEUED', 'WITHDRAWN')";
    private static final String REDACT =
            "update " + NAME + " set payload = null" + OF + " and nonce = ? and state in ('SETTLED', 'REVERTED')";
    private static final String FORGET = "delete from " + NAME
            + " where keep_until <= ? and state in ('SETTLED', 'REVERTED', 'REFUSED', 'WITHDRAWN')";

    private OrderTable() {}

    static Touched touched(String key) {
        return Touched.name("order " + key);
    }

    static Order submit(BookSession session, NewOrder order, Instant now) throws SQLException {
        Order known = find(session, order.key());
        if (known != null && !known.state().isUnsent()) return known;
        PreparedStatement write = session.statement(known == null ? INSERT : AGAIN);
        write.setLong(1, Millis.of(now));
        write.setLong(2, Millis.of(now));
        write.setLong(3, Millis.of(order.keepUntil()));
        write.setString(4, order.sender().network().caip2());
        write.setString(5, order.sender().account());
        write.setString(6, order.digest());
        write.setString(7, order.payload());
        write.setString(8, order.key());
        session.change(write);
        return new Order(
                order.key(), order.sender(), order.digest(), order.payload(), Order.State.QUEUED, null, null, null);
    }

    static @Nullable Order find(BookSession session, String key) throws SQLException {
        PreparedStatement select = session.statement(BY_KEY);
        select.setString(1, key);
        List<Order> found = orders(select);
        return found.isEmpty() ? null : found.getFirst();
    }

    static boolean withdraw(BookSession session, String key, Instant now) throws SQLException {
        return change(session, WITHDRAW, key, now);
    }

    static boolean isAnyOpen(BookSession session, Sender sender) throws SQLException {
        try (ResultSet row = SenderTable.of(session, ANY_OPEN, sender, 1).executeQuery()) {
            return row.next();
        }
    }

    static List<Order> take(BookSession session, Sender sender, int most, Instant now) throws SQLException {
        PreparedStatement select = SenderTable.of(session, OLDEST, sender, 1);
        select.setInt(3, most);
        List<Order> taken = new ArrayList<>();
        for (Order order : orders(select)) if (change(session, TAKE, order.key(), now)) taken.add(order);
        return taken;
    }

    /** @return false if the order is not one that was taken */
    static boolean sent(BookSession session, String key, long nonce, String hash, Instant now) throws SQLException {
        PreparedStatement update = session.statement(SENT);
        update.setLong(1, nonce);
        update.setString(2, hash);
        update.setLong(3, Millis.of(now));
        update.setString(4, key);
        return session.change(update) == 1;
    }

    /** The orders of a nonce are in another transaction now. */
    static void rename(BookSession session, Sender sender, long nonce, String hash, Instant now) throws SQLException {
        PreparedStatement update = SenderTable.of(session, RENAME, sender, 3);
        update.setString(1, hash);
        update.setLong(2, Millis.of(now));
        update.setLong(5, nonce);
        session.change(update);
    }

    static List<Order> byNonce(BookSession session, Sender sender, long nonce) throws SQLException {
        PreparedStatement select = SenderTable.of(session, BY_NONCE, sender, 1);
        select.setLong(3, nonce);
        return orders(select);
    }

    static void end(BookSession session, OrderEnd end, Instant now) throws SQLException {
        if (end.state() == Order.State.QUEUED) {
            change(session, REQUEUE, end.key(), now);
            return;
        }
        PreparedStatement update = session.statement(END);
        update.setString(1, end.state().name());
        update.setString(2, end.transaction());
        update.setString(3, end.reason());
        update.setLong(4, Millis.of(now));
        update.setString(5, end.key());
        session.change(update);
    }

    /** Nobody needs the signed authorizations of a nonce any more. */
    static void redact(BookSession session, Sender sender, long nonce) throws SQLException {
        PreparedStatement update = SenderTable.of(session, REDACT, sender, 1);
        update.setLong(3, nonce);
        session.change(update);
    }

    static int forget(BookSession session, Instant now) throws SQLException {
        PreparedStatement delete = session.statement(FORGET);
        delete.setLong(1, Millis.of(now));
        return session.change(delete);
    }

    private static boolean change(BookSession session, String sql, String key, Instant now) throws SQLException {
        PreparedStatement update = session.statement(sql);
        update.setLong(1, Millis.of(now));
        update.setString(2, key);
        return session.change(update) == 1;
    }

    private static List<Order> orders(PreparedStatement select) throws SQLException {
        List<Order> orders = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) orders.add(order(row));
        }
        return orders;
    }

    private static Order order(ResultSet row) throws SQLException {
        long nonce = row.getLong("nonce");
        boolean noNonce = row.wasNull();
        return new Order(
                row.getString("order_key"),
                new Sender(new Network(row.getString("network")), row.getString("account")),
                row.getString("digest"),
                row.getString("payload"),
                Order.State.valueOf(row.getString("state")),
                noNonce ? null : nonce,
                row.getString("tx"),
                row.getString("reason"));
    }
}
