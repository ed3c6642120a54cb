package io.farebox.ledger;

import io.farebox.gate.Book;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** Payers whose payments facilitators refused to settle. */
final class RefusalTable {
    private static final String NAME = "farebox_payer_refusal";
    private static final String COUNT = "update " + NAME
            + " set refusals = case when last_at > ? then refusals + 1 else 1 end, last_at = ? where payer = ?";
    private static final String INSERT = "insert into " + NAME + " (last_at, payer, refusals) values (?, ?, 1)";
    private static final String MANY = "select payer from " + NAME
            + " where last_at > ? and refusals >= ? order by last_at desc fetch first ? rows only";
    private static final String FORGET = "delete from " + NAME + " where last_at <= ?";
    private static final String BEYOND =
            "select last_at from " + NAME + " order by last_at desc offset ? rows fetch first 1 rows only";

    private RefusalTable() {}

    static Touched touched(String payer) {
        return Touched.name("refusals of " + payer);
    }

    static void count(BookSession session, String payer, long now) throws SQLException {
        PreparedStatement update = session.statement(COUNT);
        update.setLong(1, oldest(now));
        update.setLong(2, now);
        update.setString(3, payer);
        if (session.change(update) > 0) return;
        PreparedStatement insert = session.statement(INSERT);
        insert.setLong(1, now);
        insert.setString(2, payer);
        session.change(insert);
    }

    static Set<String> many(BookSession session, int atLeast, long now) throws SQLException {
        PreparedStatement select = session.statement(MANY);
        select.setLong(1, oldest(now));
        select.setInt(2, atLeast);
        select.setInt(3, Book.REFUSALS_OF);
        Set<String> payers = new HashSet<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) payers.add(row.getString(1));
        }
        return payers;
    }

    static void forget(BookSession session, long now) throws SQLException {
        forgetUntil(session, oldest(now));
        PreparedStatement beyond = session.statement(BEYOND);
        beyond.setInt(1, Book.REFUSALS_OF);
        try (ResultSet row = beyond.executeQuery()) {
            if (!row.next()) return;
            forgetUntil(session, row.getLong(1));
        }
    }

    private static void forgetUntil(BookSession session, long last) throws SQLException {
        PreparedStatement delete = session.statement(FORGET);
        delete.setLong(1, last);
        session.change(delete);
    }

    private static long oldest(long now) {
        return now - Book.REFUSALS_KEPT.toMillis();
    }
}
