package io.farebox.ledger;

import io.farebox.gate.PaymentState;
import io.farebox.gate.Watchlist;
import io.farebox.x402.Network;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Charged payments that the chain may still take back: a table of its own, so that those at rest cost nothing. */
final class WatchTable {
    static final String NAME = "farebox_watched";
    static final String INSERT = "insert into " + NAME + " (payment_key, network, look_at) values (?, ?, ?)";
    static final String DUE = "select payment_key from " + NAME
            + " where network = ? and look_at >= 0 and look_at <= ? order by look_at fetch first ? rows only"
            + " for update skip locked";
    static final String MOVE = "update " + NAME + " set look_at = ? where payment_key = ?";
    static final String DELETE = "delete from " + NAME + " where payment_key = any(?)";

    private WatchTable() {}

    /** Does nothing for a row of a network that is not watched. */
    static void add(BookSession session, Row row, Set<Network> watched) throws SQLException {
        if (row.settledAt != null && watched.contains(row.network))
            session.watch(row, row.settledAt + Watchlist.FIRST.toMillis());
    }

    static PreparedStatement bind(PreparedStatement insert, Row row, long lookAt) throws SQLException {
        insert.setString(1, row.key);
        insert.setString(2, row.network.caip2());
        insert.setLong(3, lookAt);
        return insert;
    }

    static List<Row> takeDue(BookSession session, Network network, long until, long now, int limit)
            throws SQLException {
        session.catchUp();
        List<String> keys = due(session, network, now, limit);
        if (keys.isEmpty()) return List.of();
        List<Row> charged = session.findAll(keys.toArray()).stream()
                .filter(row -> row.state == PaymentState.SETTLED || row.state == PaymentState.REFUND_DUE)
                .toList();
        Set<String> known = Set.copyOf(charged.stream().map(row -> row.key).toList());
        delete(session, keys.stream().filter(key -> !known.contains(key)).toList());
        PreparedStatement moves = session.statement(MOVE);
        for (String key : known) move(moves, key, until);
        session.changeAll(moves);
        return charged;
    }

    private static List<String> due(BookSession session, Network network, long now, int limit) throws SQLException {
        PreparedStatement select = session.statement(DUE);
        select.setString(1, network.caip2());
        select.setLong(2, now);
        select.setInt(3, limit);
        List<String> keys = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) keys.add(row.getString(1));
        }
        return keys;
    }

    static void postpone(BookSession session, Map<String, Long> next) throws SQLException {
        session.catchUp();
        PreparedStatement moves = session.statement(MOVE);
        for (Map.Entry<String, Long> each : next.entrySet()) move(moves, each.getKey(), each.getValue());
        session.changeAll(moves);
    }

    private static void move(PreparedStatement moves, String key, long to) throws SQLException {
        moves.setLong(1, to);
        moves.setString(2, key);
        moves.addBatch();
    }

    static void delete(BookSession session, Collection<String> keys) throws SQLException {
        session.catchUp();
        if (keys.isEmpty()) return;
        Array all = session.connection().createArrayOf("varchar", keys.toArray());
        try {
            PreparedStatement delete = session.statement(DELETE);
            delete.setArray(1, all);
            session.change(delete);
        } finally {
            all.free();
        }
    }
}
