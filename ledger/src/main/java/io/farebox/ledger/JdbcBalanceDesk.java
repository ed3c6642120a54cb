package io.farebox.ledger;

import io.farebox.gate.Account;
import io.farebox.gate.BalanceDesk;
import io.farebox.gate.Balances.Debit;
import io.farebox.gate.DeskEntry;
import io.farebox.x402.Network;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people do with the balances of a book on a database. */
final class JdbcBalanceDesk implements BalanceDesk {
    private static final String LEFT =
            "select payer, network, asset, pay_to, amount, updated_at from farebox_balance where amount > 0 and ";
    private static final String IN_ORDER = " order by payer, network, asset, pay_to fetch first ? rows only";
    private static final String AFTER = LEFT + "(payer, network, asset, pay_to) > (?, ?, ?, ?)" + IN_ORDER;
    private static final String OF_PAYER = LEFT + "payer = ?" + IN_ORDER;

    private final GroupCommit writer;
    private final BookReaders readers;

    JdbcBalanceDesk(GroupCommit writer, BookReaders readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public List<Left> list(@Nullable Account after, int limit) {
        return readers.call(session -> {
            PreparedStatement select = session.statement(AFTER);
            select.setString(1, after == null ? "" : after.payer());
            select.setString(2, after == null ? "" : after.network().caip2());
            select.setString(3, after == null ? "" : after.asset());
            select.setString(4, after == null ? "" : after.payTo());
            select.setInt(5, Math.min(limit, MOST));
            return left(select);
        });
    }

    @Override
    public List<Left> of(String payer) {
        return readers.call(session -> {
            PreparedStatement select = session.statement(OF_PAYER);
            select.setString(1, payer);
            select.setInt(2, MOST);
            return left(select);
        });
    }

    private static List<Left> left(PreparedStatement select) throws SQLException {
        List<Left> all = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                var account = new Account(
                        new Network(row.getString(2)), row.getString(3), row.getString(4), row.getString(1));
                BigDecimal amount = row.getBigDecimal(5);
                all.add(new Left(account, amount.toBigIntegerExact(), Instant.ofEpochMilli(row.getLong(6))));
            }
        }
        return all;
    }

    @Override
    public List<Issued> tokens(String payer) {
        return readers.call(session -> TokenTable.of(session, payer, MOST));
    }

    @Override
    public int endTokens(String payer, Instant now) {
        return writer.call(Touched.NOTHING, session -> TokenTable.end(session, payer, Millis.of(now)));
    }

    @Override
    public PaidBack payBack(PayBack act) {
        return writer.call(BalanceTable.debit(act.key(), act.account()), session -> {
            if (BalanceTable.isDecided(session, act.key())) return PaidBack.ALREADY;
            // What has been let in by a token must not be taken from under it.
            BigInteger free = Covering.free(session, act.account(), act.now());
            if (free.compareTo(act.amount()) < 0) return PaidBack.INSUFFICIENT;
            Debit made = BalanceTable.debit(session, act.key(), act.account(), act.amount(), Millis.of(act.now()));
            if (made != Debit.MADE) return PaidBack.INSUFFICIENT;
            ActionTable.add(session, null, entry(act));
            return PaidBack.DONE;
        });
    }

    private static DeskEntry entry(PayBack act) {
        return new DeskEntry(
                act.now(),
                act.by(),
                "pay_back",
                "on a balance",
                "paid back",
                ActionTable.OPERATOR,
                act.transaction(),
                act.amount() + " of " + act.account().asset() + " to "
                        + act.account().payer() + (act.note().isEmpty() ? "" : ": " + act.note()));
    }
}
