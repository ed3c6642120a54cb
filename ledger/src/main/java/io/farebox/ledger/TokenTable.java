package io.farebox.ledger;

import io.farebox.gate.Account;
import io.farebox.gate.BalanceDesk;
import io.farebox.gate.Token;
import io.farebox.gate.Tokens;
import io.farebox.x402.Network;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prepaid credentials, by their digests. */
final class TokenTable {
    private static final String COLUMNS =
            "payer, network, asset, pay_to, routes, origin, issued_at, expires_at, revoked_at";
    static final String FIND = "select " + COLUMNS + " from farebox_token where token_digest = ?";
    private static final String INSERT =
            "insert into farebox_token (" + COLUMNS + ", token_digest)" + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String REVOKE =
            "update farebox_token set revoked_at = ? where token_digest = ? and revoked_at is null";
    static final String FORGET = "delete from farebox_token where expires_at < ?";
    private static final String ERASE = "delete from farebox_token where payer = ?";
    private static final String END =
            "update farebox_token set revoked_at = ?" + " where payer = ? and revoked_at is null and expires_at > ?";
    private static final String OF_PAYER = "select " + COLUMNS + ", token_digest from farebox_token where payer = ?"
            + " order by issued_at desc, token_digest fetch first ? rows only";

    /** As much of a digest as people need to tell tokens apart. */
    private static final int ID = 12;

    private TokenTable() {}

    static Touched touched(String digest) {
        return Touched.name("token " + digest);
    }

    static void issue(BookSession session, String digest, Token token) throws SQLException {
        if (find(session, digest) != null) return;
        Account account = token.account();
        PreparedStatement insert = session.statement(INSERT);
        insert.setString(1, account.payer());
        insert.setString(2, account.network().caip2());
        insert.setString(3, account.asset());
        insert.setString(4, account.payTo());
        insert.setString(5, String.join(" ", token.routes()));
        insert.setString(6, token.origin());
        insert.setLong(7, Millis.of(token.issuedAt()));
        insert.setLong(8, Millis.of(token.expiresAt()));
        Instant revoked = token.revokedAt();
        if (revoked == null) insert.setNull(9, Types.BIGINT);
        else insert.setLong(9, Millis.of(revoked));
        insert.setString(10, digest);
        session.change(insert);
    }

    static @Nullable Token find(BookSession session, String digest) throws SQLException {
        PreparedStatement select = session.statement(FIND);
        select.setString(1, digest);
        try (ResultSet row = select.executeQuery()) {
            return row.next() ? read(row) : null;
        }
    }

    private static Token read(ResultSet row) throws SQLException {
        String routes = row.getString(5);
        long revoked = row.getLong(9);
        boolean isRevoked = !row.wasNull();
        return new Token(
                new Account(new Network(row.getString(2)), row.getString(3), row.getString(4), row.getString(1)),
                routes.isEmpty() ? List.of() : List.of(routes.split(" ")),
                row.getString(6),
                Instant.ofEpochMilli(row.getLong(7)),
                Instant.ofEpochMilli(row.getLong(8)),
                isRevoked ? Instant.ofEpochMilli(revoked) : null);
    }

    /** @return whether there is such a token */
    static boolean revoke(BookSession session, String digest, long now) throws SQLException {
        PreparedStatement revoke = session.statement(REVOKE);
        revoke.setLong(1, now);
        revoke.setString(2, digest);
        return session.change(revoke) > 0 || find(session, digest) != null;
    }

    /** Ends all tokens of a payer. @return how many had not ended */
    static int end(BookSession session, String payer, long now) throws SQLException {
        PreparedStatement end = session.statement(END);
        end.setLong(1, now);
        end.setString(2, payer);
        end.setLong(3, now);
        return session.change(end);
    }

    static List<BalanceDesk.Issued> of(BookSession session, String payer, int limit) throws SQLException {
        PreparedStatement select = session.statement(OF_PAYER);
        select.setString(1, payer);
        select.setInt(2, limit);
        List<BalanceDesk.Issued> all = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) all.add(new BalanceDesk.Issued(row.getString(10).substring(0, ID), read(row)));
        }
        return all;
    }

    static void forget(BookSession session, long now) throws SQLException {
        PreparedStatement delete = session.statement(FORGET);
        delete.setLong(1, now - Tokens.KEPT.toMillis());
        session.change(delete);
    }

    static void erase(BookSession session, String payer) throws SQLException {
        PreparedStatement delete = session.statement(ERASE);
        delete.setString(1, payer);
        session.change(delete);
    }
}
