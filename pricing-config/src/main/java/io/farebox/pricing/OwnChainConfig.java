package io.farebox.pricing;

import java.math.BigInteger;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A facilitator in this process that settles on the chains themselves.
 *
 * @param keyFile holds the private key of the account that pays the gas
 * @param maxFee most that is paid for a unit of gas, in wei
 * @param dailyBudget most that is spent on gas within 24 hours on each network, in the smallest unit of its coin; null for no
 *     limit
 * @param batch most payments in one transaction
 * @param serve where it is served to others; null if nowhere
 */
public record OwnChainConfig(
        Path keyFile,
        BigInteger maxFee,
        @Nullable BigInteger dailyBudget,
        int batch,
        @Nullable ServeConfig serve) {
    public static final int DEFAULT_BATCH = 50;
    static final String DEFAULT_MAX_FEE = "100 gwei";
}
