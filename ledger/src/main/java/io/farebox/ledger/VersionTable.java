package io.farebox.ledger;

import io.farebox.gate.PriceVersion;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The price versions in their table. */
final class VersionTable {
    private static final String NAME = "farebox_price_version";
    private static final String DELETE = "delete from " + NAME + " where version_id = ? and owner = ?";
    private static final String INSERT = "insert into " + NAME
            + " (version_id, owner, digest, offered_until, payable_until, prices) values (?, ?, ?, ?, ?, ?)";
    private static final String MOVE = "update " + NAME
            + " set payable_until = payable_until - offered_until + ?, offered_until = ? where version_id = ? and owner = ?";
    private static final String PAYABLE = "select version_id, owner, digest, offered_until, payable_until from " + NAME
            + " where payable_until > ? order by version_id desc, owner";
    private static final String PRICES = "select prices from " + NAME + " where digest = ? fetch first 1 rows only";
    private static final String FORGET = "delete from " + NAME + " where payable_until <= ?";

    private VersionTable() {}

    static void publish(BookSession session, PriceVersion version, String prices) throws SQLException {
        PreparedStatement delete = session.statement(DELETE);
        delete.setString(1, version.id());
        delete.setString(2, version.owner());
        delete.executeUpdate();
        PreparedStatement insert = session.statement(INSERT);
        insert.setString(1, version.id());
        insert.setString(2, version.owner());
        insert.setString(3, version.digest());
        insert.setLong(4, Millis.of(version.offeredUntil()));
        insert.setLong(5, Millis.of(version.payableUntil()));
        insert.setString(6, prices);
        session.change(insert);
    }

    static boolean offered(BookSession session, String id, String owner, Instant until) throws SQLException {
        PreparedStatement move = session.statement(MOVE);
        move.setLong(1, Millis.of(until));
        move.setLong(2, Millis.of(until));
        move.setString(3, id);
        move.setString(4, owner);
        return session.change(move) == 1;
    }

    static List<PriceVersion> payable(BookSession session, Instant after) throws SQLException {
        PreparedStatement select = session.statement(PAYABLE);
        select.setLong(1, Millis.of(after));
        List<PriceVersion> all = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                long offeredUntil = row.getLong("offered_until");
                all.add(new PriceVersion(
                        row.getString("version_id"),
                        row.getString("owner"),
                        row.getString("digest"),
                        Instant.ofEpochMilli(offeredUntil),
                        Duration.ofMillis(row.getLong("payable_until") - offeredUntil)));
            }
        }
        return all;
    }

    static Optional<String> prices(BookSession session, String digest) throws SQLException {
        PreparedStatement select = session.statement(PRICES);
        select.setString(1, digest);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.ofNullable(row.getString("prices")) : Optional.empty();
        }
    }

    static int forget(BookSession session, Instant until) throws SQLException {
        PreparedStatement delete = session.statement(FORGET);
        delete.setLong(1, Millis.of(until));
        return session.change(delete);
    }
}
