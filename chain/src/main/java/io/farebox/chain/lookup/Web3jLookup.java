package io.farebox.chain.lookup;

import io.farebox.gate.FinalityLookup;
import io.farebox.gate.OutcomeLookup;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.Network;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks EVM chains what became of EIP-3009 payments (ERC-3009: {@code authorizationState}, {@code AuthorizationUsed},
 * {@code AuthorizationCanceled}). {@code Happened} is said of a transfer of exactly our amount from the payer to our payee that
 * belongs to this authorization and is as deep as configured; {@code NeverHappened} only of what is final. Asks Solana's clusters
 * what became of the transaction that a payer has signed: {@code Happened} once it is as deep as configured and something of it has
 * reached our payee, {@code NeverHappened} if it failed, or can no longer land. Everything else, and what is of networks that are not
 * configured, is {@code NotKnown}.
 *
 * <p>Nodes are asked in their order; one that errs, lies or takes too long yields to the next, and one of another chain is not
 * asked again. A look-up takes 10 s at most and some dozen exchanges. Thread-safe; never throws; logs no URL.
 */
public final class Web3jLookup implements OutcomeLookup, AutoCloseable {
    private final Map<Network, ChainNodes<RpcNode>> chains = new HashMap<>();
    private final Map<Network, ChainNodes<SolanaNode>> clusters = new HashMap<>();
    private final LookupLimits limits;
    private final @Nullable HttpPosts posts;

    /** @param settings how each network is asked; networks without RPC URLs and of other kinds are not */
    public Web3jLookup(Map<Network, ChainSettings> settings) {
        this(settings, LookupLimits.defaults());
    }

    Web3jLookup(Map<Network, ChainSettings> settings, LookupLimits limits) {
        this.limits = limits;
        boolean any =
                settings.values().stream().anyMatch(each -> !each.rpcUrls().isEmpty());
        HttpPosts made = any ? new HttpPosts() : null;
        this.posts = made;
        if (made == null) return;
        settings.forEach((network, each) -> {
            if (each.rpcUrls().isEmpty()) return;
            if (network.isEvm()) chains.put(network, new ChainNodes<>(network, each, limits, made, RpcNode::new));
            if (network.isSolana())
                clusters.put(network, new ChainNodes<>(network, each, limits, made, SolanaNode::new));
        });
    }

    /** Reads ordinary transfers through the same nodes; of no more use once this is closed. */
    public TransferReader transfers() {
        return new TransferReader(chains, clusters);
    }

    /** Holds assets against what the same nodes say of them; of no more use once this is closed. */
    public AssetCheck assets() {
        return new AssetCheck(chains, clusters);
    }

    /** Looks at charged payments again through the same nodes; of no more use once this is closed. */
    public FinalityLookup finality() {
        return new FinalityReader(chains, limits);
    }

    @Override
    public Outcome lookUp(FacilitatorRequest request) {
        return request.requirements().network().isSolana() ? onSolana(request, null) : onEvm(request);
    }

    @Override
    public Outcome lookUp(FacilitatorRequest request, Instant since) {
        return request.requirements().network().isSolana() ? onSolana(request, since) : onEvm(request);
    }

    private Outcome onSolana(FacilitatorRequest request, @Nullable Instant since) {
        ChainNodes<SolanaNode> nodes = clusters.get(request.requirements().network());
        Optional<SolanaPayment> payment = SolanaPayment.of(request, since);
        if (nodes == null || payment.isEmpty()) return new Outcome.NotKnown();
        Finality finality = Finality.of(nodes.confirmations());
        Outcome outcome = nodes.ask((node, deadline) ->
                        new SolanaLook(payment.get(), new SolanaView(node, deadline, finality)).take())
                .answer();
        return outcome == null ? new Outcome.NotKnown() : outcome;
    }

    private Outcome onEvm(FacilitatorRequest request) {
        Network network = request.requirements().network();
        ChainNodes<RpcNode> nodes = chains.get(network);
        Optional<Authorization> authorization = Authorization.of(request);
        if (nodes == null || authorization.isEmpty()) return new Outcome.NotKnown();
        Outcome outcome = nodes.ask((node, deadline) -> new Look(
                                network, nodes.confirmations(), authorization.get(), new ChainView(node, deadline))
                        .take())
                .answer();
        return outcome == null ? new Outcome.NotKnown() : outcome;
    }

    @Override
    public void close() {
        if (posts != null) posts.close();
    }
}
