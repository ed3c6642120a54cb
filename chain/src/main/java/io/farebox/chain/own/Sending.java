package io.farebox.chain.own;

import io.farebox.chain.FeeTransaction;
import io.farebox.chain.lookup.ChainHead;
import io.farebox.chain.lookup.ChainUnreadableException;
import io.farebox.outbox.Dispatch;
import io.farebox.outbox.Order;
import io.farebox.outbox.OrderEnd;
import io.farebox.outbox.SendingLease;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Begins with orders: tries them, puts those that would succeed into a transaction, stores it, and only then sends it. Confined
 * to one thread.
 */
final class Sending {
    private static final Duration DAY = Duration.ofDays(1);

    private final OwnChain chain;
    private final Watch watch;
    private final Batching batching;

    Sending(OwnChain chain, Watch watch) {
        this.chain = chain;
        this.watch = watch;
        this.batching = new Batching(chain);
    }

    /**
     * One transaction.
     *
     * @param counted how many transactions of the account are in blocks
     * @param waiting how many of ours are in no block yet
     * @return the lease with the next nonce; empty if there was nothing to send, or it cannot be sent now
     */
    Optional<SendingLease> one(SendingLease lease, ChainHead head, long counted, int waiting)
            throws ChainUnreadableException {
        Instant now = chain.clock().instant();
        List<Order> taken = chain.outbox().take(lease, batching.most(), now);
        if (taken.isEmpty()) return Optional.empty();
        List<Order> back = new ArrayList<>(taken);
        try {
            Trial tried = new Trial(chain);
            tried.on(taken, batching.isWith(taken));
            if (!chain.outbox().conclude(lease, tried.ends(), now)) return Optional.empty();
            back.removeIf(
                    order -> tried.ends().stream().anyMatch(end -> end.key().equals(order.key())));
            if (tried.good().isEmpty()) return Optional.empty();
            Optional<FeeTransaction> transaction = transaction(lease, head, counted, waiting, tried);
            if (transaction.isEmpty()) return Optional.empty();
            Dispatch dispatch = Transactions.dispatch(chain, transaction.get(), 0, now);
            List<String> keys = tried.good().stream().map(Order::key).toList();
            if (!chain.outbox().store(lease, dispatch, keys, now)) return Optional.empty();
            back.removeIf(order -> keys.contains(order.key()));
            watch.send(dispatch);
            chain.trouble().note(chain.outbox(), lease, null, now);
            return Optional.of(new SendingLease(lease.sender(), lease.owner(), lease.fence(), dispatch.nonce() + 1));
        } finally {
            // Nothing was sent for these: whoever waits for them may take them back.
            if (!back.isEmpty())
                chain.outbox()
                        .conclude(
                                lease,
                                back.stream()
                                        .map(order -> OrderEnd.again(order.key()))
                                        .toList(),
                                now);
        }
    }

    private Optional<FeeTransaction> transaction(
            SendingLease lease, ChainHead head, long counted, int waiting, Trial tried)
            throws ChainUnreadableException {
        if (lease.nextNonce() > counted + waiting) return refused(lease, Trouble.BEHIND);
        Optional<Fees> fees =
                Fees.now(head, chain.nodes().tip(), chain.settings().mostFee());
        if (fees.isEmpty()) return refused(lease, Trouble.TOO_DEAR);
        long nonce = Math.max(lease.nextNonce(), counted);
        FeeTransaction transaction = Transactions.of(chain, nonce, fees.get(), tried.gas(), tried.calls());
        String trouble = moneyTrouble(transaction);
        return trouble.isEmpty() ? Optional.of(transaction) : refused(lease, trouble);
    }

    /** Empty if there is money for it, besides what is under way. */
    private String moneyTrouble(FeeTransaction transaction) throws ChainUnreadableException {
        BigInteger under = chain.outbox().open(chain.sender()).stream()
                .map(Dispatch::cost)
                .reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger needed = under.add(transaction.mostCost());
        if (chain.nodes().coins(chain.key().address()).compareTo(needed) < 0) return Trouble.OUT_OF_GAS;
        BigInteger budget = chain.settings().dailyBudget();
        if (budget == null) return "";
        BigInteger spent = chain.outbox()
                .spentSince(chain.sender(), chain.clock().instant().minus(DAY));
        return spent.add(transaction.mostCost()).compareTo(budget) > 0 ? Trouble.BUDGET : "";
    }

    private Optional<FeeTransaction> refused(SendingLease lease, String trouble) {
        chain.trouble().note(chain.outbox(), lease, trouble, chain.clock().instant());
        return Optional.empty();
    }
}
