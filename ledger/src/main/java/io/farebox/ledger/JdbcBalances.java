package io.farebox.ledger;

import io.farebox.gate.Account;
import io.farebox.gate.Balances;
import io.farebox.gate.Deposit;
import io.farebox.x402.Network;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/** The balances of a book on a database: written by its writer, and together with it. */
final class JdbcBalances implements Balances {
    private final GroupCommit writer;
    private final BookReaders readers;

    JdbcBalances(GroupCommit writer, BookReaders readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public boolean credit(Account account, List<Deposit> deposits, List<String> authorizations, Instant now) {
        return writer.call(BalanceTable.credit(account, deposits, authorizations), session -> {
            session.catchUp();
            var spending = new Spending(session, account, now);
            if (!spending.spend(authorizations)) return false;
            BalanceTable.credit(session, account, deposits, Millis.of(now));
            return true;
        });
    }

    @Override
    public List<Credited> credited(Network network, String transaction) {
        return readers.call(session -> BalanceTable.credited(session, network, transaction));
    }

    @Override
    public BigInteger balance(Account account) {
        return readers.call(session -> BalanceTable.balance(session, account));
    }

    @Override
    public Debit debit(String key, Account account, BigInteger amount, Instant now) {
        if (amount.signum() <= 0) throw new IllegalArgumentException("a debit is above zero");
        return writer.call(
                BalanceTable.debit(key, account),
                session -> BalanceTable.debit(session, key, account, amount, Millis.of(now)));
    }

    @Override
    public boolean conclude(String key, Instant now) {
        return writer.call(BalanceTable.conclude(key), session -> BalanceTable.conclude(session, key, Millis.of(now)));
    }
}
