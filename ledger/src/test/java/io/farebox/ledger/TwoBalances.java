package io.farebox.ledger;

import io.farebox.gate.Account;
import io.farebox.gate.Balances;
import io.farebox.gate.Deposit;
import io.farebox.x402.Network;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks two replicas by turns. */
final class TwoBalances implements Balances {
    private final Balances one;
    private final Balances other;
    private final AtomicInteger turn = new AtomicInteger();

    TwoBalances(Balances one, Balances other) {
        this.one = one;
        this.other = other;
    }

    private Balances next() {
        return turn.getAndIncrement() % 2 == 0 ? one : other;
    }

    @Override
    public boolean credit(Account account, List<Deposit> deposits, List<String> authorizations, Instant now) {
        return next().credit(account, deposits, authorizations, now);
    }

    @Override
    public List<Credited> credited(Network network, String transaction) {
        return next().credited(network, transaction);
    }

    @Override
    public BigInteger balance(Account account) {
        return next().balance(account);
    }

    @Override
    public Debit debit(String key, Account account, BigInteger amount, Instant now) {
        return next().debit(key, account, amount, now);
    }

    @Override
    public boolean conclude(String key, Instant now) {
        return next().conclude(key, now);
    }
}
