package io.farebox.gate;

import io.farebox.x402.Network;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What transfers are taken that their payers make by themselves.
 *
 * @param proofRequired whether a payer must sign that a transfer is his; if not, whoever shows a hash first is served
 * @param maxAge how old a transfer may be when it is first shown
 * @param networks by network, what holds there; others take none
 */
public record TransferTerms(boolean proofRequired, Duration maxAge, Map<Network, Chain> networks) {
    public TransferTerms {
        networks = Map.copyOf(networks);
    }

    /**
     * Of a network.
     *
     * @param confirmations blocks after which a transfer counts, its own included
     * @param least by asset, its address in lower case: the smallest transfer that is taken, in atomic units
     */
    public record Chain(int confirmations, Map<String, BigInteger> least) {
        public Chain {
            least = least.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(
                            each -> each.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
        }
    }

    /** The smallest transfer of an asset that is taken; empty if none is. */
    public Optional<BigInteger> least(Network network, String asset) {
        Chain chain = networks.get(network);
        return chain == null
                ? Optional.empty()
                : Optional.ofNullable(chain.least().get(asset.toLowerCase(Locale.ROOT)));
    }
}
