package io.farebox.chain.own;

import io.farebox.chain.lookup.ChainUnreadableException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Finds out now and then whether what kept us from sending is over, when there is nothing to send. Confined to one thread. */
final class Recovery {
    private static final Duration EVERY = Duration.ofSeconds(10);

    /** What a transfer takes, roughly. */
    private static final BigInteger GAS = BigInteger.valueOf(100_000);

    private final OwnChain chain;
    private Instant looked = Instant.EPOCH;

    Recovery(OwnChain chain) {
        this.chain = chain;
    }

    void look() throws ChainUnreadableException {
        Optional<String> trouble = chain.trouble().now();
        Instant now = chain.clock().instant();
        if (trouble.isEmpty() || looked.plus(EVERY).isAfter(now)) return;
        looked = now;
        Optional<Fees> fees = Fees.now(
                chain.nodes().head(), chain.nodes().tip(), chain.settings().mostFee());
        boolean over = switch (trouble.get()) {
            case Trouble.TOO_DEAR -> fees.isPresent();
            case Trouble.OUT_OF_GAS -> fees.isPresent() && isFunded(fees.get());
            case Trouble.UNREADABLE -> true;
            // Only the next transaction can tell.
            default -> false;
        };
        if (over) chain.trouble().over(trouble.get(), now);
    }

    private boolean isFunded(Fees fees) throws ChainUnreadableException {
        return chain.nodes().coins(chain.key().address()).compareTo(fees.most().multiply(GAS)) >= 0;
    }
}
