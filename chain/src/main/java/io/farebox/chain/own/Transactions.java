package io.farebox.chain.own;

import io.farebox.chain.FeeTransaction;
import io.farebox.chain.TransferCalls;
import io.farebox.outbox.Dispatch;
import java.time.Instant;
import java.util.List;

/** Makes transactions: of one transfer a call of its token, of several a call of the batching contract. */
final class Transactions {
    private Transactions() {}

    static FeeTransaction of(OwnChain chain, long nonce, Fees fees, long gas, List<TransferCalls.Call> calls) {
        TransferCalls.Call call = calls.size() == 1 ? calls.getFirst() : TransferCalls.together(calls, true);
        return new FeeTransaction(chain.chainId(), nonce, fees.tip(), fees.most(), gas, call.target(), call.data());
    }

    static Dispatch dispatch(OwnChain chain, FeeTransaction transaction, int attempt, Instant now) {
        FeeTransaction.Signed signed = chain.key().sign(transaction);
        return new Dispatch(
                transaction.nonce(),
                attempt,
                signed.raw(),
                signed.hash(),
                transaction.maxFee(),
                transaction.tip(),
                transaction.mostCost(),
                now);
    }
}
