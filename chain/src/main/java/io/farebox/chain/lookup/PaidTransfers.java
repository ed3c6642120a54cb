package io.farebox.chain.lookup;

import io.farebox.x402.Network;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads from an EVM chain who paid some payees, for books to be held against. Nodes are asked in their order; a range of blocks
 * that a node will not give is halved until it does. Used by one thread.
 */
public final class PaidTransfers implements AutoCloseable {
    private static final LookupLimits LIMITS = new LookupLimits(Duration.ofSeconds(15), Duration.ofSeconds(60));
    private static final long FIRST_RANGE = 1_000;
    private static final long LARGEST_RANGE = 10_000;

    /** What no smaller range would mend. */
    private static final Set<String> NOT_THE_RANGE = Set.of("not_reached", "tls_failed", "wrong_chain", "bad_answer");

    private final Network network;
    private final int confirmations;
    private final HttpPosts posts = new HttpPosts();
    private final List<RpcNode> nodes = new ArrayList<>();

    /** @param settings with at least one URL */
    public PaidTransfers(Network network, ChainSettings settings) {
        this.network = network;
        this.confirmations = settings.confirmations();
        for (String url : settings.rpcUrls()) nodes.add(new RpcNode(network, nodes.size() + 1, URI.create(url), posts));
    }

    private interface Question<T> {
        T ask(ChainView chain) throws RpcFailure;
    }

    private <T> T ask(Question<T> question) throws ChainUnreadableException {
        try {
            return tried(question);
        } catch (RpcFailure e) {
            throw new ChainUnreadableException(
                    "networks.\"" + network + "\".rpc: no node could be read: " + e.reason());
        }
    }

    private <T> T tried(Question<T> question) throws RpcFailure {
        RpcFailure last = new RpcFailure("no_rpc");
        for (RpcNode node : nodes) {
            Deadline deadline = new Deadline(LIMITS);
            try {
                if (!node.isOfOurChain(deadline)) throw new RpcFailure("wrong_chain");
                return question.ask(new ChainView(node, deadline));
            } catch (RpcFailure e) {
                last = e;
            }
        }
        throw last;
    }

    /** The newest block that is as deep as configured; 0 if none is. */
    public long newestThatCounts() throws ChainUnreadableException {
        return Math.max(0, ask(ChainView::latest).number() - confirmations + 1);
    }

    /** When a block was made, to the second. */
    public Instant timeOf(long block) throws ChainUnreadableException {
        return Instant.ofEpochSecond(ask(chain -> chain.block(block)).time());
    }

    /** The first block made at or after an instant, or the one behind the newest. */
    public long firstSince(Instant instant, long newest) throws ChainUnreadableException {
        long low = 0;
        long high = newest + 1;
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (timeOf(middle).isBefore(instant)) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    /** The block of a transaction that succeeded; empty if the chain has none. */
    public OptionalLong blockOf(String transaction) throws ChainUnreadableException {
        return ask(chain -> {
            try {
                var receipt = chain.receipt(transaction);
                return "0x1".equals(receipt.getStatus())
                        ? OptionalLong.of(RpcText.quantity(receipt.getBlockNumberRaw()))
                        : OptionalLong.empty();
            } catch (RpcFailure e) {
                if (e.reason().equals("no_receipt")) return OptionalLong.empty();
                throw e;
            }
        });
    }

    /**
     * Reads all transfers to some payees, in the order of the chain.
     *
     * @param assets contracts, in lower case
     * @param payees addresses, in lower case
     * @param from first block
     * @param to last block
     */
    public void read(Set<String> assets, Set<String> payees, long from, long to, Consumer<PaidTransfer> each)
            throws ChainUnreadableException {
        if (assets.isEmpty() || payees.isEmpty()) return;
        long next = from;
        long range = FIRST_RANGE;
        long largest = LARGEST_RANGE;
        while (next <= to) {
            long first = next;
            long last = Math.min(to, next + range - 1);
            try {
                tried(chain -> new TransferChunk(chain, assets, payees, first, last).read())
                        .forEach(each);
                next = last + 1;
                range = Math.min(2 * range, largest);
            } catch (RpcFailure e) {
                if (last == first || NOT_THE_RANGE.contains(e.reason()))
                    throw new ChainUnreadableException("networks.\"" + network + "\".rpc: the logs of block " + first
                            + " could not be read: " + e.reason());
                largest = (last - first + 1) / 2;
                range = largest;
            }
        }
    }

    @Override
    public void close() {
        posts.close();
    }
}
