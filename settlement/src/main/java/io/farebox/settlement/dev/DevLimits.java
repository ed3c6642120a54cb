package io.farebox.settlement.dev;

import java.math.BigInteger;

/**
 * How much the dev facilitator gives away, and how much it keeps in memory.
 *
 * @param startingBalance what every address owns at first, in atomic units
 * @param accounts how many addresses it keeps a balance for; more payers than that are not served
 * @param settlements how many settlements it remembers; more than that are not made, because a forgotten one could be
 *     charged again
 */
public record DevLimits(BigInteger startingBalance, int accounts, int settlements) {
    public DevLimits {
        if (startingBalance.signum() < 0 || accounts < 1 || settlements < 1) {
            throw new IllegalArgumentException(
                    "the dev facilitator needs a balance of 0 or more, and room for at least one account and settlement");
        }
    }

    /** 100 USDC, 10,000 accounts, 100,000 settlements: below 80 MB when full. */
    public static DevLimits defaults() {
        return new DevLimits(BigInteger.valueOf(100_000_000), 10_000, 100_000);
    }
}
