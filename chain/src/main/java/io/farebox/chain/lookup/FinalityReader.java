package io.farebox.chain.lookup;

import io.farebox.gate.FinalityLookup;
import io.farebox.gate.PaymentRecord;
import io.farebox.x402.Network;
import io.farebox.x402.SettleResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at EIP-3009 payments again. That one still stands is believed of the first node that shows it; that one is undone, only of all
 * nodes, each of which must answer. Takes 10 s at most. Thread-safe; never throws; logs no URL.
 */
final class FinalityReader implements FinalityLookup {
    private static final System.Logger LOG = System.getLogger(FinalityReader.class.getName());

    private final Map<Network, ChainNodes<RpcNode>> chains;
    private final LookupLimits limits;

    FinalityReader(Map<Network, ChainNodes<RpcNode>> chains, LookupLimits limits) {
        this.chains = chains;
        this.limits = limits;
    }

    @Override
    public Set<Network> networks() {
        return Set.copyOf(chains.keySet());
    }

    @Override
    public Standing lookAgain(PaymentRecord charged) {
        ChainNodes<RpcNode> nodes = chains.get(charged.network());
        Optional<Authorization> authorization = Authorization.of(charged);
        SettleResponse receipt = charged.receipt();
        if (authorization.isEmpty() || receipt == null) return new Standing.OffChain();
        if (nodes == null) return new Standing.NotKnown();
        String transaction = receipt.transaction().toLowerCase(Locale.ROOT);
        Deadline deadline = new Deadline(limits);
        int confirmations = nodes.confirmations();
        Authorization sought = authorization.get();
        return judge(
                charged,
                nodes,
                deadline,
                node -> new FinalLook(new ChainView(node, deadline), confirmations, sought, transaction));
    }

    private interface Looks {
        FinalLook through(RpcNode node);
    }

    private static Standing judge(PaymentRecord charged, ChainNodes<RpcNode> nodes, Deadline deadline, Looks looks) {
        int undone = 0;
        int asked = 0;
        for (RpcNode node : nodes.all()) {
            Standing standing = take(node, looks, deadline);
            if (standing == null) continue;
            asked++;
            boolean stands = standing instanceof Standing.Final || standing instanceof Standing.Waiting;
            if (stands && undone == 0) return standing;
            if (stands) disagree(charged);
            if (standing instanceof Standing.Undone) undone++;
        }
        return asked > 0 && undone == asked ? new Standing.Undone() : new Standing.NotKnown();
    }

    private static void disagree(PaymentRecord charged) {
        LOG.log(
                System.Logger.Level.WARNING,
                "networks.{0}.rpc: the nodes disagree about payment {1}; it stays as it is and is looked at again",
                charged.network(),
                charged.claim().paymentId());
    }

    /** Null if it is a node of another chain, which nobody asks. */
    private static @Nullable Standing take(RpcNode node, Looks looks, Deadline deadline) {
        try {
            if (!node.isOfOurChain(deadline)) return null;
            Standing standing = looks.through(node).take();
            node.worked();
            return standing;
        } catch (RpcFailure e) {
            node.failed(e.reason());
        } catch (RuntimeException e) {
            // A fault of ours or of a library that some reply brought out; the message may quote the reply.
            node.failed(e.getClass().getSimpleName());
        }
        return new Standing.NotKnown();
    }
}
