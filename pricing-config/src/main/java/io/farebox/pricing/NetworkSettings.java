package io.farebox.pricing;

import io.farebox.x402.Network;
import java.util.List;

/**
 * How a network is asked.
 *
 * @param rpc URLs of JSON-RPC nodes in order of preference; secrets, because providers put keys into them
 * @param confirmations blocks after which a transfer counts as final; on Solana 32 or more stand for its own finality
 */
public record NetworkSettings(List<Secret> rpc, int confirmations) {
    public static final int DEFAULT_CONFIRMATIONS = 6;

    /** What stands for a cluster's own finality; see {@link #confirmations(Network)}. */
    private static final int SOLANA_CONFIRMATIONS = 32;

    static final NetworkSettings DEFAULT = new NetworkSettings(List.of(), DEFAULT_CONFIRMATIONS);

    public NetworkSettings {
        rpc = List.copyOf(rpc);
    }

    /** Blocks that are waited for unless configured. */
    static int confirmations(Network network) {
        return network.isSolana() ? SOLANA_CONFIRMATIONS : DEFAULT_CONFIRMATIONS;
    }
}
