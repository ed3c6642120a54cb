package io.farebox.ledger;

import io.farebox.gate.Account;
import io.farebox.gate.Balances.Credited;
import io.farebox.gate.Balances.Debit;
import io.farebox.gate.Deposit;
import io.farebox.gate.Digests;
import io.farebox.x402.Network;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deposits, balances and debits. */
final class BalanceTable {
    private static final String OF_ACCOUNT = " where payer = ? and network = ? and asset = ? and pay_to = ?";
    private static final String CREDITED =
            "select payer, asset, pay_to, log_index, amount, credited_at from farebox_deposit"
                    + " where network = ? and tx = ? order by log_index";
    private static final String DEPOSIT =
            "insert into farebox_deposit (payer, network, asset, pay_to, tx, log_index, amount, credited_at)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String BALANCE = "select amount from farebox_balance" + OF_ACCOUNT;
    private static final String OPEN =
            "insert into farebox_balance (payer, network, asset, pay_to, amount, updated_at) values (?, ?, ?, ?, ?, ?)";
    private static final String ADD = "update farebox_balance set amount = amount + ?, updated_at = ?" + OF_ACCOUNT;
    private static final String TAKE =
            "update farebox_balance set amount = amount - ?, updated_at = ?" + OF_ACCOUNT + " and amount >= ?";
    private static final String FIND = "select amount from farebox_debit where debit_key = ?";
    private static final String DEBIT = "insert into farebox_debit (debit_key, made_at, amount) values (?, ?, ?)";
    private static final String OPEN_OF_PAYER = "select 1 from farebox_balance where payer = ? and amount > 0";
    private static final String RENAME_DEPOSITS = "update farebox_deposit set payer = ? where payer = ?";
    private static final String FORGET_DEBITS = "delete from farebox_debit where debit_key in"
            + " (select debit_key from farebox_debit where made_at < ? order by made_at fetch first ? rows only)";
    private static final String DELETE_BALANCES = "delete from farebox_balance where payer = ? and amount = 0";

    private BalanceTable() {}

    static Touched credit(Account account, List<Deposit> deposits, List<String> authorizations) {
        List<String> names = new ArrayList<>();
        names.add(name(account));
        for (Deposit deposit : deposits) names.add("deposit " + deposit.transaction());
        // As claims of these payments name them.
        for (String key : authorizations) names.add("key " + key);
        return new Touched(names.stream().distinct().toList(), null);
    }

    static Touched debit(String key, Account account) {
        return new Touched(List.of(name(account), "debit " + key), null);
    }

    static Touched conclude(String key) {
        return Touched.name("debit " + key);
    }

    static String name(Account account) {
        return "balance " + account.payer() + " " + account.network() + " " + account.asset() + " " + account.payTo();
    }

    static void credit(BookSession session, Account account, List<Deposit> deposits, long now) throws SQLException {
        BigInteger sum = BigInteger.ZERO;
        for (Deposit deposit : deposits) {
            if (isCredited(session, account.network(), deposit)) continue;
            PreparedStatement insert = of(account, session.statement(DEPOSIT), 1);
            insert.setString(5, deposit.transaction());
            insert.setLong(6, deposit.logIndex());
            insert.setBigDecimal(7, new BigDecimal(deposit.amount()));
            insert.setLong(8, now);
            session.change(insert);
            sum = sum.add(deposit.amount());
        }
        if (sum.signum() > 0) add(session, account, sum, now);
    }

    private static boolean isCredited(BookSession session, Network network, Deposit deposit) throws SQLException {
        return credited(session, network, deposit.transaction()).stream()
                .anyMatch(known -> known.deposit().logIndex() == deposit.logIndex());
    }

    private static void add(BookSession session, Account account, BigInteger sum, long now) throws SQLException {
        PreparedStatement add = session.statement(ADD);
        add.setBigDecimal(1, new BigDecimal(sum));
        add.setLong(2, now);
        if (session.change(of(account, add, 3)) > 0) return;
        PreparedStatement open = of(account, session.statement(OPEN), 1);
        open.setBigDecimal(5, new BigDecimal(sum));
        open.setLong(6, now);
        session.change(open);
    }

    static List<Credited> credited(BookSession session, Network network, String transaction) throws SQLException {
        PreparedStatement select = session.statement(CREDITED);
        select.setString(1, network.caip2());
        select.setString(2, transaction);
        List<Credited> all = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                all.add(new Credited(
                        new Account(network, row.getString(2), row.getString(3), row.getString(1)),
                        new Deposit(transaction, row.getLong(4), amount(row, 5)),
                        Instant.ofEpochMilli(row.getLong(6))));
            }
        }
        return all;
    }

    static BigInteger balance(BookSession session, Account account) throws SQLException {
        try (ResultSet row = of(account, session.statement(BALANCE), 1).executeQuery()) {
            return row.next() ? amount(row, 1) : BigInteger.ZERO;
        }
    }

    static Debit debit(BookSession session, String key, Account account, BigInteger amount, long now)
            throws SQLException {
        Debit known = find(session, key);
        if (known != null) return known;
        PreparedStatement take = session.statement(TAKE);
        take.setBigDecimal(1, new BigDecimal(amount));
        take.setLong(2, now);
        of(account, take, 3).setBigDecimal(7, new BigDecimal(amount));
        if (session.change(take) == 0) return Debit.INSUFFICIENT;
        enter(session, key, new BigDecimal(amount), now);
        return Debit.MADE;
    }

    static boolean conclude(BookSession session, String key, long now) throws SQLException {
        Debit known = find(session, key);
        if (known == null) enter(session, key, null, now);
        return known == Debit.MADE;
    }

    /** Whether a debit was made, or never will be. */
    static boolean isDecided(BookSession session, String key) throws SQLException {
        return find(session, key) != null;
    }

    /** What became of it; null if nothing is known of it. */
    private static @Nullable Debit find(BookSession session, String key) throws SQLException {
        PreparedStatement select = session.statement(FIND);
        select.setString(1, digest(key));
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) return null;
            return row.getBigDecimal(1) == null ? Debit.CLOSED : Debit.MADE;
        }
    }

    private static void enter(BookSession session, String key, @Nullable BigDecimal amount, long now)
            throws SQLException {
        PreparedStatement insert = session.statement(DEBIT);
        insert.setString(1, digest(key));
        insert.setLong(2, now);
        insert.setBigDecimal(3, amount);
        session.change(insert);
    }

    private static String digest(String key) {
        return Digests.sha256(key.getBytes(StandardCharsets.UTF_8));
    }

    /** Forgets debits whose payments are cleared away too: nobody makes or concludes them any more. */
    static void forget(BookSession session, Instant before, int limit) throws SQLException {
        PreparedStatement delete = session.statement(FORGET_DEBITS);
        delete.setLong(1, Millis.of(before));
        delete.setInt(2, limit);
        session.change(delete);
    }

    /** Whether the payer has anything left. */
    static boolean isOpen(BookSession session, String payer) throws SQLException {
        PreparedStatement select = session.statement(OPEN_OF_PAYER);
        select.setString(1, payer);
        try (ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    /** Puts a pseudonym in the place of a payer who has nothing left; deposits stay, because each counts once for ever. */
    static void erase(BookSession session, String payer, String pseudonym) throws SQLException {
        PreparedStatement rename = session.statement(RENAME_DEPOSITS);
        rename.setString(1, pseudonym);
        rename.setString(2, payer);
        session.change(rename);
        PreparedStatement delete = session.statement(DELETE_BALANCES);
        delete.setString(1, payer);
        session.change(delete);
    }

    private static PreparedStatement of(Account account, PreparedStatement statement, int from) throws SQLException {
        statement.setString(from, account.payer());
        statement.setString(from + 1, account.network().caip2());
        statement.setString(from + 2, account.asset());
        statement.setString(from + 3, account.payTo());
        return statement;
    }

    private static BigInteger amount(ResultSet row, int column) throws SQLException {
        return row.getBigDecimal(column).toBigIntegerExact();
    }
}
