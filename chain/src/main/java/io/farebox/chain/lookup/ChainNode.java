package io.farebox.chain.lookup;

import io.farebox.x402.Network;
import io.farebox.x402.json.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** One JSON-RPC node. It is asked nothing before it has shown that it serves the right chain. Thread-safe. */
abstract class ChainNode {
    private static final System.Logger LOG = System.getLogger(Web3jLookup.class.getName());

    private enum Chain {
        UNCHECKED,
        RIGHT,
        WRONG
    }

    private final Network network;
    private final int position;
    private final URI url;
    private final HttpPosts posts;
    private final AtomicReference<Chain> chain = new AtomicReference<>(Chain.UNCHECKED);
    private final AtomicBoolean failing = new AtomicBoolean();
    private final AtomicLong ids = new AtomicLong();

    /** @param position of its URL in the configuration, from 1: what messages name instead of the URL */
    ChainNode(Network network, int position, URI url, HttpPosts posts) {
        this.network = network;
        this.position = position;
        this.url = url;
        this.posts = posts;
    }

    /** What its chain is called in CAIP-2, as the node says; nothing that could not stand in a log. */
    abstract String reference(Deadline deadline) throws RpcFailure;

    /** Whether it may be asked at all: false once it has named another chain. */
    final boolean isOfOurChain(Deadline deadline) throws RpcFailure {
        if (chain.get() == Chain.UNCHECKED) check(reference(deadline));
        return chain.get() == Chain.RIGHT;
    }

    private void check(String reference) {
        Chain found = reference.equals(network.reference()) ? Chain.RIGHT : Chain.WRONG;
        if (chain.compareAndSet(Chain.UNCHECKED, found) && found == Chain.WRONG) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "networks.{0}.rpc: URL {1} leads to chain {2} and is not asked any more; give a node of {0}, restart",
                    network,
                    position,
                    reference);
        }
    }

    /** Whether it has named another chain. */
    final boolean isElsewhere() {
        return chain.get() == Chain.WRONG;
    }

    /** What a reply to the next request must carry. */
    final long nextId() {
        return ids.incrementAndGet();
    }

    /** The reply to a request, whatever it is. */
    final byte[] post(long id, String method, List<?> params, Deadline deadline) throws RpcFailure {
        String json = Json.write(Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", params));
        return posts.post(url, json.getBytes(StandardCharsets.US_ASCII), deadline.next());
    }

    /** Says once that it fails, until it works again. */
    final void failed(String reason) {
        if (failing.compareAndSet(false, true)) {
            LOG.log(System.Logger.Level.WARNING, "networks.{0}.rpc: URL {1} fails: {2}", network, position, reason);
        }
    }

    final void worked() {
        failing.set(false);
    }
}
