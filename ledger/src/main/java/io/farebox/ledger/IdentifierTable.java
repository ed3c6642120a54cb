package io.farebox.ledger;

import io.farebox.gate.ClaimRequest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What payers called their requests. */
final class IdentifierTable {
    static final String NAME = "farebox_payment_identifier";
    static final String FORGET = "delete from " + NAME + " where named_at < ?";

    private static final Duration KEPT = Duration.ofDays(1);
    static final String FIND =
            "select payment_key, request_digest, body_digest from " + NAME + " where payer = ? and identifier = ?";
    private static final String MOVE = "update " + NAME
            + " set payment_key = ?, request_digest = ?, body_digest = ?, named_at = ? where payer = ? and identifier = ?";
    private static final String INSERT = "insert into " + NAME
            + " (payment_key, request_digest, body_digest, named_at, payer, identifier) values (?, ?, ?, ?, ?, ?)";

    private IdentifierTable() {}

    /** The payment that stands for a request, and what the request was. */
    record Named(
            String paymentKey,
            String requestDigest,
            @Nullable String bodyDigest) {}

    static @Nullable Named find(BookSession session, ClaimRequest request) throws SQLException {
        if (request.identifier() == null) return null;
        PreparedStatement select = session.statement(FIND);
        select.setString(1, request.payer());
        select.setString(2, request.identifier());
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? new Named(row.getString(1), row.getString(2), row.getString(3)) : null;
        }
    }

    /** From now on this payment stands for the request; does nothing for one without a name. */
    static void name(BookSession session, ClaimRequest request, String paymentKey) throws SQLException {
        if (request.identifier() == null) return;
        if (write(session, MOVE, request, paymentKey) == 0) write(session, INSERT, request, paymentKey);
    }

    private static int write(BookSession session, String sql, ClaimRequest request, String paymentKey)
            throws SQLException {
        PreparedStatement write = session.statement(sql);
        write.setString(1, paymentKey);
        write.setString(2, request.requestDigest());
        write.setString(3, request.bodyDigest());
        write.setLong(4, Millis.of(request.now()));
        write.setString(5, request.payer());
        write.setString(6, request.identifier());
        return session.change(write);
    }

    static void forget(BookSession session, long now) throws SQLException {
        PreparedStatement delete = session.statement(FORGET);
        delete.setLong(1, now - KEPT.toMillis());
        session.change(delete);
    }
}
