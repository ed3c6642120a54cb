package io.farebox.chain.lookup;

import io.farebox.x402.Network;
import io.farebox.x402.PaymentRequirements;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Holds what is configured of an asset against its chain: that the nodes are of that chain, that the token is there, its decimals, and
 * on EVM chains the domain that its payments are signed in, as far as the contract tells. What one node finds wrong and another right
 * is right: the first may lag. Takes 10 s at most. Thread-safe; never throws.
 */
public final class AssetCheck {
    private final Map<Network, ChainNodes<RpcNode>> chains;
    private final Map<Network, ChainNodes<SolanaNode>> clusters;

    AssetCheck(Map<Network, ChainNodes<RpcNode>> chains, Map<Network, ChainNodes<SolanaNode>> clusters) {
        this.chains = chains;
        this.clusters = clusters;
    }

    /** What the chain says. */
    public sealed interface Finding {
        /** It is as configured. */
        record Right() implements Finding {}

        /** It is not. @param fault what is wrong, as part of a sentence */
        record Wrong(String fault) implements Finding {}

        /** No node could tell. */
        record Unreadable() implements Finding {}
    }

    private interface Look<N> {
        /** What is wrong, or null. */
        @Nullable
        String fault(N node, Deadline deadline) throws RpcFailure;
    }

    /** Whether the network's nodes can be asked at all. */
    public boolean isAsked(Network network) {
        return chains.containsKey(network) || clusters.containsKey(network);
    }

    /**
     * Holds an asset against its chain.
     *
     * @param terms its network, address and domain
     * @param decimals as configured
     */
    public Finding of(PaymentRequirements terms, int decimals) {
        ChainNodes<RpcNode> nodes = chains.get(terms.network());
        if (nodes != null)
            return find(
                    nodes,
                    (node, deadline) -> new EvmAssetLook(new ChainView(node, deadline), terms, decimals).fault());
        ChainNodes<SolanaNode> cluster = clusters.get(terms.network());
        if (cluster == null) return new Finding.Unreadable();
        Finality finality = Finality.of(cluster.confirmations());
        return find(
                cluster,
                (node, deadline) ->
                        new MintLook(new SolanaView(node, deadline, finality), terms.asset(), decimals).fault());
    }

    private static <N extends ChainNode> Finding find(ChainNodes<N> nodes, Look<N> look) {
        AtomicReference<@Nullable String> fault = new AtomicReference<>();
        boolean right = nodes.ask((node, deadline) -> {
                            String found = look.fault(node, deadline);
                            fault.compareAndSet(null, found);
                            return found == null ? Optional.of(true) : Optional.empty();
                        })
                        .answer()
                != null;
        if (right) return new Finding.Right();
        if (nodes.areElsewhere()) return new Finding.Wrong("every URL of its rpc leads to another chain");
        String found = fault.get();
        return found == null ? new Finding.Unreadable() : new Finding.Wrong(found);
    }
}
