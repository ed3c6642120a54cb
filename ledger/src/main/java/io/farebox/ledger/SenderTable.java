package io.farebox.ledger;

import io.farebox.outbox.Sender;
import io.farebox.outbox.SendingLease;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who may send from which account. */
final class SenderTable {
    private static final String NAME = "farebox_sender";
    private static final String OF = " where network = ? and account = ?";
    private static final String SELECT = "select owner, lease_until, fence, next_nonce, trouble from " + NAME + OF;
    private static final String INSERT =
            "insert into " + NAME + " (network, account, owner, lease_until, fence) values (?, ?, ?, ?, 1)";
    private static final String LEASE = "update " + NAME + " set owner = ?, lease_until = ?, fence = ?" + OF;
    private static final String HELD = "select 1 from " + NAME + OF + " and owner = ? and fence = ?";
    private static final String NEXT = "update " + NAME + " set next_nonce = ?" + OF;
    private static final String TROUBLE = "update " + NAME + " set trouble = ?" + OF;
    private static final String LAPSE = "update " + NAME + " set lease_until = 0 where lease_until > 0";

    private SenderTable() {}

    /** Of everything that the holder writes: so nothing is written while another takes its place. */
    static Touched touched(Sender sender) {
        return Touched.name("sender " + sender);
    }

    static Optional<SendingLease> lead(BookSession session, Sender sender, String owner, Instant until, Instant now)
            throws SQLException {
        PreparedStatement select = of(session, SELECT, sender, 1);
        String was = null;
        long lapses = 0;
        long fence = 0;
        long nonce = -1;
        try (ResultSet row = select.executeQuery()) {
            if (row.next()) {
                was = row.getString("owner");
                lapses = row.getLong("lease_until");
                fence = row.getLong("fence");
                nonce = row.getLong("next_nonce");
                if (row.wasNull()) nonce = -1;
            }
        }
        if (was == null) return Optional.of(first(session, sender, owner, until));
        boolean mine = was.equals(owner);
        if (!mine && lapses > Millis.of(now)) return Optional.empty();
        SendingLease lease = new SendingLease(sender, owner, mine ? fence : fence + 1, nonce);
        PreparedStatement update = of(session, LEASE, sender, 4);
        update.setString(1, owner);
        update.setLong(2, Millis.of(until));
        update.setLong(3, lease.fence());
        session.change(update);
        // What kept another process from sending may not keep this one.
        if (!mine) trouble(session, sender, null);
        return Optional.of(lease);
    }

    private static SendingLease first(BookSession session, Sender sender, String owner, Instant until)
            throws SQLException {
        PreparedStatement insert = of(session, INSERT, sender, 1);
        insert.setString(3, owner);
        insert.setLong(4, Millis.of(until));
        session.change(insert);
        return new SendingLease(sender, owner, 1, -1);
    }

    static boolean isHeld(BookSession session, SendingLease lease) throws SQLException {
        PreparedStatement select = of(session, HELD, lease.sender(), 1);
        select.setString(3, lease.owner());
        select.setLong(4, lease.fence());
        try (ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    static void next(BookSession session, Sender sender, long nonce) throws SQLException {
        PreparedStatement update = of(session, NEXT, sender, 2);
        update.setLong(1, nonce);
        session.change(update);
    }

    static void trouble(BookSession session, Sender sender, @Nullable String code) throws SQLException {
        PreparedStatement update = of(session, TROUBLE, sender, 2);
        update.setString(1, code);
        session.change(update);
    }

    static Optional<String> troubleOf(BookSession session, Sender sender) throws SQLException {
        try (ResultSet row = of(session, SELECT, sender, 1).executeQuery()) {
            return row.next() ? Optional.ofNullable(row.getString("trouble")) : Optional.empty();
        }
    }

    /** Only for a book that no other process has open: whoever held a lease is dead. */
    static int lapse(BookSession session) throws SQLException {
        return session.change(session.statement(LAPSE));
    }

    /** A statement with the sender at this place and the next one. */
    static PreparedStatement of(BookSession session, String sql, Sender sender, int at) throws SQLException {
        PreparedStatement statement = session.statement(sql);
        statement.setString(at, sender.network().caip2());
        statement.setString(at + 1, sender.account());
        return statement;
    }
}
