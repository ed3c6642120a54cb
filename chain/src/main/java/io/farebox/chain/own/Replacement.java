package io.farebox.chain.own;

import io.farebox.chain.FeeTransaction;
import io.farebox.chain.TransferCalls;
import io.farebox.chain.lookup.ChainHead;
import io.farebox.chain.lookup.ChainUnreadableException;
import io.farebox.outbox.Dispatch;
import io.farebox.outbox.SendingLease;
import io.farebox.x402.StoredPayment;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a transaction that does the same as one that is stuck, with the same nonce, and pays more. */
final class Replacement {
    private final OwnChain chain;

    Replacement(OwnChain chain) {
        this.chain = chain;
    }

    /** The stored one; null if more may not be paid, or the lease is lost. */
    @Nullable
    Dispatch store(SendingLease lease, Dispatch stuck, ChainHead head) throws ChainUnreadableException {
        BigInteger limit = chain.settings().mostFee();
        Fees market = Fees.now(head, chain.nodes().tip(), limit).orElse(new Fees(stuck.tip(), stuck.maxFee()));
        Optional<Fees> fees = market.instead(stuck, limit);
        List<TransferCalls.Call> calls = chain.outbox().ordersOf(chain.sender(), stuck.nonce()).stream()
                .map(order -> order.payload())
                .filter(Objects::nonNull)
                .map(payload -> Simulation.call(StoredPayment.read(payload)))
                .toList();
        if (fees.isEmpty() || calls.isEmpty()) return null;
        Instant now = chain.clock().instant();
        Dispatch next = Transactions.dispatch(chain, transaction(stuck, fees.get(), calls), stuck.attempt() + 1, now);
        return chain.outbox().replace(lease, next, now) ? next : null;
    }

    private FeeTransaction transaction(Dispatch stuck, Fees fees, List<TransferCalls.Call> calls) {
        // What it can cost is its gas limit times its fee.
        long gas = stuck.cost().divide(stuck.maxFee()).longValueExact();
        return Transactions.of(chain, stuck.nonce(), fees, gas, calls);
    }
}
