package io.farebox.chain.lookup;

import io.farebox.x402.Network;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of one chain, asked in their order: one that errs, lies or takes too long yields to the next, and so does one that has
 * seen nothing. One that takes longer than usual is not given up: the next is asked beside it, and whichever answers first is
 * believed. Thread-safe; never throws.
 */
final class ChainNodes<N extends ChainNode> {
    private final List<N> nodes;
    private final int confirmations;
    private final LookupLimits limits;
    private final UsualTime usual;

    interface Made<N> {
        N node(Network network, int position, URI url, HttpPosts posts);
    }

    interface Question<N, T> {
        /** Empty if another node may know more. */
        Optional<T> ask(N node, Deadline deadline) throws RpcFailure;
    }

    /** @param all whether every node answered, if none had an answer */
    record Asked<T>(@Nullable T answer, boolean all) {}

    ChainNodes(Network network, ChainSettings settings, LookupLimits limits, HttpPosts posts, Made<N> made) {
        List<N> all = new ArrayList<>();
        for (String url : settings.rpcUrls()) all.add(made.node(network, all.size() + 1, URI.create(url), posts));
        this.nodes = List.copyOf(all);
        this.confirmations = settings.confirmations();
        this.limits = limits;
        this.usual = new UsualTime(limits.patience(), limits.call());
    }

    int confirmations() {
        return confirmations;
    }

    /** For who has to ask each of them. */
    List<N> all() {
        return nodes;
    }

    /** Whether every node has named another chain. */
    boolean areElsewhere() {
        return nodes.stream().allMatch(ChainNode::isElsewhere);
    }

    <T> Asked<T> ask(Question<N, T> question) {
        Deadline deadline = new Deadline(limits);
        if (nodes.size() == 1) return ask(nodes.getFirst(), question, deadline);
        List<Hedge.Try<Asked<T>>> tries = new ArrayList<>();
        for (N node : nodes) tries.add(() -> ask(node, question, deadline));
        List<Asked<T>> answers = new Hedge<Asked<T>>(asked -> asked.answer() != null, new Asked<>(null, false))
                .first(tries, usual.patience());
        for (Asked<T> each : answers) if (each.answer() != null) return each;
        boolean all = answers.size() == nodes.size() && answers.stream().allMatch(Asked::all);
        return new Asked<>(null, all);
    }

    private <T> Asked<T> ask(N node, Question<N, T> question, Deadline deadline) {
        if (deadline.isOver()) return new Asked<>(null, false);
        long start = System.nanoTime();
        try {
            if (!node.isOfOurChain(deadline)) return new Asked<>(null, false);
            Optional<T> answer = question.ask(node, deadline);
            node.worked();
            usual.took(System.nanoTime() - start);
            return new Asked<>(answer.orElse(null), true);
        } catch (RpcFailure e) {
            // Another one was faster: that says nothing of this one.
            if (!e.reason().equals(HttpPosts.INTERRUPTED)) node.failed(e.reason());
        } catch (RuntimeException e) {
            // A fault of ours or of a library that some reply brought out; the message may quote the reply.
            node.failed(e.getClass().getSimpleName());
        }
        return new Asked<>(null, false);
    }
}
