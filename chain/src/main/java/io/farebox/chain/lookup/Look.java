package io.farebox.chain.lookup;

import io.farebox.gate.OutcomeLookup.Outcome;
import io.farebox.x402.Network;
import io.farebox.x402.SettleResponse;
import java.util.Optional;

/** One look at one authorization through one node. */
final class Look {
    private final Network network;
    private final int confirmations;
    private final Authorization authorization;
    private final ChainView chain;

    Look(Network network, int confirmations, Authorization authorization, ChainView chain) {
        this.network = network;
        this.confirmations = confirmations;
        this.authorization = authorization;
        this.chain = chain;
    }

    /** What this node shows; empty if it has seen nothing of the authorization, or kept nothing: another may have more. */
    Optional<Outcome> take() throws RpcFailure {
        // Everything is asked as of this block: behind one URL there may be nodes with different newest blocks.
        Block head = chain.latest();
        if (!chain.isSpent(authorization, head.number())) return unspent(head);
        Optional<SpentLog> end = new EndSearch(chain).find(authorization, head);
        return end.isEmpty() ? Optional.empty() : Optional.of(spent(head, end.get()));
    }

    /** Unspent at the head, it is unspent at every block before; so a final block after the window ends it. */
    private Optional<Outcome> unspent(Block head) throws RpcFailure {
        if (!authorization.isOverAt(head)) return Optional.empty();
        Optional<Block> last = lastFinal(head);
        return last.isPresent() && authorization.isOverAt(last.get())
                ? Optional.of(new Outcome.NeverHappened())
                : Optional.empty();
    }

    private Outcome spent(Block head, SpentLog end) throws RpcFailure {
        if (!chain.block(end.block()).hash().equals(end.blockHash())) throw new RpcFailure("reorganised");
        if (!end.used()) return neverIfFinal(head, end);
        return switch (new TransferProof(authorization).judge(chain.receipt(end.transaction()), end)) {
            case PAID -> paid(head, end);
            case PAID_ELSEWHERE -> neverIfFinal(head, end);
            case UNCLEAR -> new Outcome.NotKnown();
        };
    }

    private Outcome paid(Block head, SpentLog end) {
        if (head.number() - end.block() + 1 < confirmations) return new Outcome.NotKnown();
        return new Outcome.Happened(new SettleResponse(true, null, authorization.payer(), end.transaction(), network));
    }

    private Outcome neverIfFinal(Block head, SpentLog end) throws RpcFailure {
        Optional<Block> last = lastFinal(head);
        return last.isPresent() && end.block() <= last.get().number()
                ? new Outcome.NeverHappened()
                : new Outcome.NotKnown();
    }

    /** The newest block that cannot be undone: what the chain calls final, else as deep as configured. */
    private Optional<Block> lastFinal(Block head) throws RpcFailure {
        Optional<Block> finalized = chain.finalized();
        if (finalized.isPresent()) {
            if (finalized.get().number() > head.number()) throw new RpcFailure("bad_answer");
            return finalized;
        }
        long deep = head.number() - confirmations + 1;
        return deep < 0 ? Optional.empty() : Optional.of(chain.block(deep));
    }
}
