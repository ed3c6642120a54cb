package io.farebox.chain.lookup;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a transaction can no longer land, and a node would know of it if it had. */
final class SolanaLife {
    /** Longer than a transaction lives, one to two minutes by its blockhash, and than clocks are apart. */
    private static final Duration MARGIN = Duration.ofMinutes(10);

    private final SolanaView chain;

    SolanaLife(SolanaView chain) {
        this.chain = chain;
    }

    /**
     * A final slot at which its life was over, or empty if that is not proven: its blockhash is no longer good there, the slot is
     * later than the transaction by far, so that the blockhash cannot be one that is yet to come, and the node remembers what was
     * before.
     */
    Optional<Long> over(SolanaPayment payment) throws RpcFailure {
        Instant since = payment.since();
        if (since == null || payment.isDurable()) return Optional.empty();
        long head = chain.finalSlot();
        if (chain.timeOf(head).isBefore(since.plus(MARGIN))) return Optional.empty();
        if (chain.isGood(payment.parts().blockhash(), head)) return Optional.empty();
        long first = chain.firstSlot();
        boolean remembers = first == 0 || chain.timeOf(first).isBefore(since.minus(MARGIN));
        return remembers ? Optional.of(head) : Optional.empty();
    }
}
