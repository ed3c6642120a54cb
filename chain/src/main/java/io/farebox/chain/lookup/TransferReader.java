package io.farebox.chain.lookup;

import io.farebox.chain.lookup.Web3jLookup.Nodes;
import io.farebox.x402.Network;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what happened in a transaction on an EVM chain, and asks contract wallets about signatures. Nodes are asked in their
 * order; one that errs, lies or takes too long yields to the next. Takes 10 s at most. Thread-safe; never throws.
 */
public final class TransferReader {
    private final Map<Network, Nodes> chains;
    private final LookupLimits limits;

    TransferReader(Map<Network, Nodes> chains, LookupLimits limits) {
        this.chains = chains;
        this.limits = limits;
    }

    /** What a contract wallet says of a signature. */
    public enum Word {
        SIGNED,
        NOT_SIGNED,
        /** No node could be asked. */
        UNREADABLE
    }

    private interface Question<T> {
        /** Empty if another node may know more. */
        Optional<T> ask(ChainView chain, int confirmations) throws RpcFailure;
    }

    /** What became of a transaction. @param transaction {@code 0x} and 64 lower-case digits */
    public TransferSight read(Network network, String transaction) {
        Asked<TransferSight> asked =
                ask(network, (chain, confirmations) -> new TransferLook(chain, confirmations, transaction).take());
        if (asked.answer() != null) return asked.answer();
        return asked.all() ? new TransferSight.NotFound() : new TransferSight.Unreadable();
    }

    /**
     * Whether a contract wallet takes this signature for its own (ERC-1271), as of now.
     *
     * @param wallet {@code 0x} and 40 digits
     * @param digest 32 bytes
     * @param signature {@code 0x} and whole bytes
     */
    public Word isSigned(Network network, String wallet, byte[] digest, String signature) {
        String data = Erc1271.question(digest, signature);
        Asked<Word> asked = ask(
                network,
                (chain, confirmations) -> Optional.of(
                        chain.call(wallet, data).filter(Erc1271::isYes).isPresent() ? Word.SIGNED : Word.NOT_SIGNED));
        return asked.answer() == null ? Word.UNREADABLE : asked.answer();
    }

    /** @param all whether every node answered, if none had an answer */
    private record Asked<T>(@Nullable T answer, boolean all) {}

    private <T> Asked<T> ask(Network network, Question<T> question) {
        Nodes nodes = chains.get(network);
        if (nodes == null) return new Asked<>(null, false);
        Deadline deadline = new Deadline(limits);
        boolean all = true;
        for (RpcNode node : nodes.nodes()) {
            try {
                if (!node.isOfOurChain(deadline)) throw new RpcFailure("wrong_chain");
                Optional<T> answer = question.ask(new ChainView(node, deadline), nodes.confirmations());
                node.worked();
                if (answer.isPresent()) return new Asked<>(answer.get(), true);
            } catch (RpcFailure e) {
                node.failed(e.reason());
                all = false;
            } catch (RuntimeException e) {
                // A fault of ours or of a library that some reply brought out; the message may quote the reply.
                node.failed(e.getClass().getSimpleName());
                all = false;
            }
        }
        return new Asked<>(null, all);
    }
}
