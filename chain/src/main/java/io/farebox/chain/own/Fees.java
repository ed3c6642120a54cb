package io.farebox.chain.own;

import io.farebox.chain.lookup.ChainHead;
import io.farebox.outbox.Dispatch;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What is paid for a unit of gas.
 *
 * @param tip what the block's maker gets, in wei
 * @param most what is paid altogether at most, in wei
 */
record Fees(BigInteger tip, BigInteger most) {
    /** Nodes take a transaction in another's place if it pays a tenth more in both; an eighth is what wallets use. */
    private static final BigInteger NINE = BigInteger.valueOf(9);

    private static final BigInteger EIGHT = BigInteger.valueOf(8);

    /** Enough for base fees to double. Empty if even the next block costs more than we may pay. */
    static Optional<Fees> now(ChainHead head, BigInteger tip, BigInteger limit) {
        if (head.baseFee().add(tip).compareTo(limit) > 0) return Optional.empty();
        BigInteger most = head.baseFee().shiftLeft(1).add(tip).min(limit);
        return Optional.of(new Fees(tip, most));
    }

    /** Enough to take another transaction's place. Empty if that is more than we may pay. */
    Optional<Fees> instead(Dispatch of, BigInteger limit) {
        Fees raised = new Fees(tip.max(raised(of.tip())), most.max(raised(of.maxFee())));
        return raised.most.compareTo(limit) > 0 ? Optional.empty() : Optional.of(raised);
    }

    private static BigInteger raised(BigInteger fee) {
        return fee.multiply(NINE).divide(EIGHT).add(BigInteger.ONE);
    }
}
