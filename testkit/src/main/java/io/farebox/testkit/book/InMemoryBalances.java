package io.farebox.testkit.book;

import io.farebox.gate.Account;
import io.farebox.gate.Balances;
import io.farebox.gate.Book;
import io.farebox.gate.ClaimRequest;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.Deposit;
import io.farebox.gate.PaymentState;
import io.farebox.x402.Network;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Balances that are forgotten with the process, beside a book in memory. Thread-safe. */
public final class InMemoryBalances implements Balances {
    private static final Set<PaymentState> FREE =
            Set.of(PaymentState.RELEASED, PaymentState.FAILED, PaymentState.EXPIRED);

    private final Book book;
    private final Map<String, Credited> deposits = new HashMap<>();
    // These two are read by the book under its lock, while this may wait for that lock.
    private final Map<Account, BigInteger> balances = new ConcurrentHashMap<>();
    private final Map<String, Debit> debits = new ConcurrentHashMap<>();

    /** @param book where signed payments are looked for; one in memory asks these balances what covers a draw */
    public InMemoryBalances(Book book) {
        this.book = book;
        if (book instanceof InMemoryBook memory) memory.coveredBy(this::covers);
    }

    private boolean covers(ClaimRequest request, Collection<Row> rows) {
        BigInteger reserved = rows.stream()
                .filter(row -> row.request.isDraw() && row.request.account().equals(request.account()))
                .filter(row -> isReserved(row, request))
                .map(row -> row.request.amount())
                .reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger balance = balances.getOrDefault(request.account(), BigInteger.ZERO);
        return balance.subtract(reserved).compareTo(request.amount()) >= 0;
    }

    private boolean isReserved(Row row, ClaimRequest request) {
        return switch (row.state) {
            case CLAIMED -> !row.lapsed(request.now());
            case SETTLING, UNKNOWN -> !debits.containsKey(row.request.key());
            case SETTLED, RELEASED, FAILED, EXPIRED, REVERSED, REFUND_DUE, REFUNDED -> false;
        };
    }

    @Override
    public synchronized boolean credit(Account account, List<Deposit> made, List<String> authorizations, Instant now) {
        for (String key : authorizations) {
            boolean free = book.find(key).map(row -> FREE.contains(row.state())).orElse(true);
            if (!free) return false;
        }
        for (String key : authorizations) spend(account, key, now);
        for (Deposit deposit : made) {
            String name = account.network() + " " + deposit.transaction() + " " + deposit.logIndex();
            if (deposits.putIfAbsent(name, new Credited(account, deposit, now)) == null)
                balances.merge(account, deposit.amount(), BigInteger::add);
        }
        return true;
    }

    private void spend(Account account, String key, Instant now) {
        var request = new ClaimRequest(
                key,
                account.payer(),
                account.network(),
                account.asset(),
                BigInteger.ZERO,
                account.payTo(),
                "transferred",
                "",
                "",
                null,
                null,
                now,
                "",
                "transferred " + key,
                now.plusSeconds(1),
                now,
                now,
                now,
                Integer.MAX_VALUE,
                false);
        if (book.claim(request) instanceof ClaimResult.Claimed claimed) book.expired(claimed.claim(), now);
    }

    @Override
    public synchronized List<Credited> credited(Network network, String transaction) {
        return deposits.values().stream()
                .filter(each -> each.account().network().equals(network)
                        && each.deposit().transaction().equals(transaction))
                .sorted(Comparator.comparingLong(each -> each.deposit().logIndex()))
                .toList();
    }

    @Override
    public BigInteger balance(Account account) {
        return balances.getOrDefault(account, BigInteger.ZERO);
    }

    @Override
    public synchronized Debit debit(String key, Account account, BigInteger amount, Instant now) {
        if (amount.signum() <= 0) throw new IllegalArgumentException("a debit is above zero");
        Debit known = debits.get(key);
        if (known != null) return known;
        BigInteger left = balance(account).subtract(amount);
        if (left.signum() < 0) return Debit.INSUFFICIENT;
        // In this order a draw is counted twice for a moment, and never not at all.
        balances.put(account, left);
        debits.put(key, Debit.MADE);
        return Debit.MADE;
    }

    @Override
    public synchronized boolean conclude(String key, Instant now) {
        return debits.computeIfAbsent(key, unmade -> Debit.CLOSED) == Debit.MADE;
    }
}
