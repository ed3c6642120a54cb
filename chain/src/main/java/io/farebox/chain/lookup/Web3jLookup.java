package io.farebox.chain.lookup;

import io.farebox.gate.FinalityLookup;
import io.farebox.gate.OutcomeLookup;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.Network;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks EVM chains what became of EIP-3009 payments (ERC-3009: {@code authorizationState}, {@code AuthorizationUsed},
 * {@code AuthorizationCanceled}). {@code Happened} is said of a transfer of exactly our amount from the payer to our payee that
 * belongs to this authorization and is as deep as configured; {@code NeverHappened} only of what is final. Everything else,
 * Solana and unconfigured networks too, is {@code NotKnown}.
 *
 * <p>Nodes are asked in their order; one that errs, lies or takes too long yields to the next, and one of another chain is not
 * asked again. A look-up takes 10 s at most and some dozen exchanges. Thread-safe; never throws; logs no URL.
 */
public final class Web3jLookup implements OutcomeLookup, AutoCloseable {
    private final Map<Network, Nodes> chains = new HashMap<>();
    private final LookupLimits limits;
    private final @Nullable HttpPosts posts;

    record Nodes(List<RpcNode> nodes, int confirmations) {}

    /** @param settings how each network is asked; networks without RPC URLs and others than EVM chains are not */
    public Web3jLookup(Map<Network, ChainSettings> settings) {
        this(settings, LookupLimits.defaults());
    }

    Web3jLookup(Map<Network, ChainSettings> settings, LookupLimits limits) {
        this.limits = limits;
        boolean any = settings.entrySet().stream().anyMatch(Web3jLookup::isAsked);
        HttpPosts made = any ? new HttpPosts() : null;
        this.posts = made;
        if (made == null) return;
        settings.entrySet().stream()
                .filter(Web3jLookup::isAsked)
                .forEach(chain -> chains.put(chain.getKey(), nodes(chain.getKey(), chain.getValue(), made)));
    }

    private static boolean isAsked(Map.Entry<Network, ChainSettings> chain) {
        return chain.getKey().isEvm() && !chain.getValue().rpcUrls().isEmpty();
    }

    private static Nodes nodes(Network network, ChainSettings settings, HttpPosts posts) {
        List<RpcNode> nodes = new ArrayList<>();
        for (String url : settings.rpcUrls()) {
            nodes.add(new RpcNode(network, nodes.size() + 1, URI.create(url), posts));
        }
        return new Nodes(List.copyOf(nodes), settings.confirmations());
    }

    /** Reads ordinary transfers through the same nodes; of no more use once this is closed. */
    public TransferReader transfers() {
        return new TransferReader(chains, limits);
    }

    /** Looks at charged payments again through the same nodes; of no more use once this is closed. */
    public FinalityLookup finality() {
        return new FinalityReader(chains, limits);
    }

    @Override
    public Outcome lookUp(FacilitatorRequest request) {
        Nodes asked = chains.get(request.requirements().network());
        Optional<Authorization> authorization = Authorization.of(request);
        if (asked == null || authorization.isEmpty()) return new Outcome.NotKnown();
        Deadline deadline = new Deadline(limits);
        for (RpcNode node : asked.nodes()) {
            if (deadline.isOver()) break;
            Look look = new Look(
                    request.requirements().network(),
                    asked.confirmations(),
                    authorization.get(),
                    new ChainView(node, deadline));
            Optional<Outcome> outcome = take(look, node, deadline);
            if (outcome.isPresent()) return outcome.get();
        }
        return new Outcome.NotKnown();
    }

    private static Optional<Outcome> take(Look look, RpcNode node, Deadline deadline) {
        try {
            if (!node.isOfOurChain(deadline)) return Optional.empty();
            Optional<Outcome> outcome = look.take();
            node.worked();
            return outcome;
        } catch (RpcFailure e) {
            node.failed(e.reason());
        } catch (RuntimeException e) {
            // A fault of ours or of a library that some reply brought out. The type alone: the message may quote the
            // reply.
            node.failed(e.getClass().getSimpleName());
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        if (posts != null) posts.close();
    }
}
