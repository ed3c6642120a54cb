package io.farebox.chain.own;

import java.math.BigInteger;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How our own facilitator works.
 *
 * @param id in the configuration
 * @param owner names this process, so that one of several sends
 * @param settleTimeout how long a settle waits for the chain before it says that it is pending
 * @param mostFee most that is paid for a unit of gas, in wei
 * @param dailyBudget most that is spent on gas within 24 hours on each network, in wei; null for no limit
 * @param batch most payments in one transaction; 1 to 200
 * @param pace times that only tests change
 */
public record OwnSettings(
        String id,
        String owner,
        Duration settleTimeout,
        BigInteger mostFee,
        @Nullable BigInteger dailyBudget,
        int batch,
        Pace pace) {

    /**
     * How often and how long.
     *
     * @param lease how long the right to send is held without a sign of life
     * @param look how often a transaction is looked for that is not in a block yet
     * @param lookDeeper how often one is looked at that is in a block, and not deep enough to be forgotten
     * @param idle how often is looked for orders of other processes
     * @param resend how often a transaction is sent again that is in no block
     * @param stuck after which time one is replaced by one that pays more
     * @param foreign how long a used nonce has shown none of our transactions when it is believed to be somebody else's
     */
    public record Pace(
            Duration lease,
            Duration look,
            Duration lookDeeper,
            Duration idle,
            Duration resend,
            Duration stuck,
            Duration foreign) {
        public static Pace usual() {
            return new Pace(
                    Duration.ofSeconds(15),
                    Duration.ofMillis(300),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(1));
        }
    }
}
