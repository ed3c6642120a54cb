package io.farebox.pricing;

import java.util.List;

/**
 * How a network is asked.
 *
 * @param rpc URLs of JSON-RPC nodes in order of preference; secrets, because providers put keys into them
 * @param confirmations blocks after which a transfer counts as final
 */
public record NetworkSettings(List<Secret> rpc, int confirmations) {
    public static final int DEFAULT_CONFIRMATIONS = 6;
    static final NetworkSettings DEFAULT = new NetworkSettings(List.of(), DEFAULT_CONFIRMATIONS);

    public NetworkSettings {
        rpc = List.copyOf(rpc);
    }
}
