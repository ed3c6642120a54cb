package io.farebox.chain.own;

import io.farebox.chain.TransferCalls;
import io.farebox.chain.lookup.ChainUnreadableException;
import io.farebox.outbox.Order;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether several payments may share a transaction: only where the batching contract is. Confined to one thread. */
final class Batching {
    private final OwnChain chain;
    private @Nullable Boolean there;

    Batching(OwnChain chain) {
        this.chain = chain;
    }

    /** How many orders are begun with at once. */
    int most() throws ChainUnreadableException {
        int wanted = chain.settings().batch();
        return wanted == 1 || isThere() ? wanted : 1;
    }

    /** Whether these may go together: a payer that is a program goes alone, and only the first one is not looked at later. */
    boolean isWith(List<Order> orders) throws ChainUnreadableException {
        return orders.size() > 1 && isThere();
    }

    private boolean isThere() throws ChainUnreadableException {
        if (there == null) there = !chain.nodes().isPlain(TransferCalls.MULTICALL);
        return there;
    }
}
