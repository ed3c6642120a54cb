package io.farebox.chain.own;

import io.farebox.chain.lookup.ChainHead;
import io.farebox.chain.lookup.ChainUnreadableException;
import io.farebox.chain.lookup.MinedTransaction;
import io.farebox.chain.lookup.SendingNodes.Sent;
import io.farebox.gate.OutcomeLookup.Outcome;
import io.farebox.outbox.Dispatch;
import io.farebox.outbox.Order;
import io.farebox.outbox.OrderEnd;
import io.farebox.outbox.SendingLease;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.StoredPayment;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks after transactions that are stored: sends them, again if need be, finds them in the chain, and says what became of their
 * orders. What it remembers is only when it did what; all else is in the outbox and on the chain. Confined to one thread.
 */
final class Watch {
    static final String FAILED = "invalid_exact_evm_transaction_failed";
    static final String USED = "invalid_exact_evm_nonce_already_used";

    private static final System.Logger LOG = System.getLogger(OwnFacilitator.class.getName());

    private final OwnChain chain;
    private final Replacement replacement;
    private final Map<Long, Instant> sentAt = new HashMap<>();
    private final Map<Long, Instant> missingSince = new HashMap<>();
    private final Map<Long, Instant> lookedAt = new HashMap<>();

    Watch(OwnChain chain) {
        this.chain = chain;
        this.replacement = new Replacement(chain);
    }

    /**
     * Goes over all open nonces.
     *
     * @param counted how many transactions of the account are in blocks
     * @return how many of them are in no block yet
     */
    int look(SendingLease lease, ChainHead head, long counted) throws ChainUnreadableException {
        Map<Long, List<Dispatch>> open = new HashMap<>();
        for (Dispatch each : chain.outbox().open(chain.sender()))
            open.computeIfAbsent(each.nonce(), any -> new ArrayList<>()).add(each);
        forgetAllBut(open);
        int waiting = 0;
        for (long nonce : open.keySet().stream().sorted().toList()) {
            List<Dispatch> attempts = Objects.requireNonNull(open.get(nonce));
            if (nonce < counted) lookAt(lease, nonce, attempts, head);
            else {
                waiting++;
                push(lease, attempts, head);
            }
        }
        return waiting;
    }

    /** The nonce is used: by one of ours, or by somebody else who has the key. */
    private void lookAt(SendingLease lease, long nonce, List<Dispatch> attempts, ChainHead head)
            throws ChainUnreadableException {
        Instant now = chain.clock().instant();
        Instant last = lookedAt.get(nonce);
        if (last != null && last.plus(chain.settings().pace().lookDeeper()).isAfter(now)) return;
        for (Dispatch attempt : attempts.reversed()) {
            Optional<MinedTransaction> mined = chain.nodes().mined(attempt.hash());
            if (mined.isEmpty()) continue;
            missingSince.remove(nonce);
            if (conclude(lease, attempt, mined.get(), head)) lookedAt.put(nonce, now);
            return;
        }
        Instant since = missingSince.computeIfAbsent(nonce, any -> now);
        if (since.plus(chain.settings().pace().foreign()).isAfter(now)) return;
        LOG.log(
                System.Logger.Level.ERROR,
                "{0}: nonce {1} was used by a transaction that is not ours; does another program have the key? Its payments are"
                        + " sent anew",
                chain.sender(),
                nonce);
        List<OrderEnd> again = chain.outbox().ordersOf(chain.sender(), nonce).stream()
                .filter(order -> order.state() == Order.State.SENT)
                .map(order -> OrderEnd.again(order.key()))
                .toList();
        if (chain.outbox().conclude(lease, again, now)) chain.outbox().close(lease, nonce, BigInteger.ZERO, now);
    }

    /** @return whether every order of the transaction has an end */
    private boolean conclude(SendingLease lease, Dispatch attempt, MinedTransaction mined, ChainHead head)
            throws ChainUnreadableException {
        Instant now = chain.clock().instant();
        List<OrderEnd> ends = new ArrayList<>();
        boolean clear = true;
        for (Order order : chain.outbox().ordersOf(chain.sender(), attempt.nonce())) {
            OrderEnd end = end(order, mined);
            if (end == null) clear = false;
            else if (end.state() != order.state() || !Objects.equals(end.transaction(), order.transaction())) {
                tellIfUndone(order, end);
                ends.add(end);
            }
        }
        if (!ends.isEmpty() && !chain.outbox().conclude(lease, ends, now)) return false;
        boolean deep = head.number() - mined.block() + 1 >= chain.confirmations();
        // A node that does not tell the price leaves the most that it can have been.
        BigInteger cost = mined.cost().signum() == 0 ? attempt.cost() : mined.cost();
        if (clear && deep) chain.outbox().close(lease, attempt.nonce(), cost, now);
        return clear;
    }

    /** What the chain shows of an order; null if it does not tell yet. */
    private @Nullable OrderEnd end(Order order, MinedTransaction mined) throws ChainUnreadableException {
        if (order.payload() == null)
            return new OrderEnd(order.key(), order.state(), order.transaction(), order.reason());
        FacilitatorRequest request = StoredPayment.read(order.payload());
        return switch (mined.shows(request)) {
            case PAID -> OrderEnd.settled(order.key(), mined.hash());
            case UNCLEAR -> elsewhere(order, request);
            case NOTHING ->
                chain.nodes().isSpent(request)
                        ? elsewhere(order, request)
                        : OrderEnd.reverted(order.key(), mined.hash(), FAILED);
        };
    }

    /** Anybody may send an authorization that they have seen; then it was used, and not by us. */
    private @Nullable OrderEnd elsewhere(Order order, FacilitatorRequest request) {
        return switch (chain.lookup().lookUp(request)) {
            case Outcome.Happened(var receipt) -> OrderEnd.settled(order.key(), receipt.transaction());
            case Outcome.NeverHappened() -> new OrderEnd(order.key(), Order.State.REVERTED, null, USED);
            case Outcome.NotKnown() -> null;
        };
    }

    private void tellIfUndone(Order order, OrderEnd end) {
        if (order.state() == Order.State.SETTLED && end.state() == Order.State.REVERTED)
            LOG.log(
                    System.Logger.Level.ERROR,
                    "{0}: the chain was reorganised, and payment {1}, which was said to be settled, is not: {2}",
                    chain.sender(),
                    order.key(),
                    end.reason());
    }

    /** It is in no block: sent, sent again, and after a while replaced by one that pays more. */
    private void push(SendingLease lease, List<Dispatch> attempts, ChainHead head) throws ChainUnreadableException {
        Instant now = chain.clock().instant();
        Dispatch newest = attempts.getLast();
        boolean stuck = !newest.storedAt().plus(chain.settings().pace().stuck()).isAfter(now);
        Dispatch next = stuck ? replacement.store(lease, newest, head) : null;
        Instant last = sentAt.get(newest.nonce());
        if (next != null) send(next);
        else if (last == null || !last.plus(chain.settings().pace().resend()).isAfter(now)) send(newest);
    }

    /** Sends what is stored. Nothing hangs on the answer: what is not in a block is sent again. */
    void send(Dispatch dispatch) {
        Sent said = chain.nodes().send(dispatch.raw());
        sentAt.put(dispatch.nonce(), chain.clock().instant());
        if (said == Sent.TOO_POOR)
            chain.trouble().set(Trouble.OUT_OF_GAS, chain.clock().instant());
    }

    private void forgetAllBut(Map<Long, List<Dispatch>> open) {
        sentAt.keySet().retainAll(open.keySet());
        missingSince.keySet().retainAll(open.keySet());
        lookedAt.keySet().retainAll(open.keySet());
    }
}
