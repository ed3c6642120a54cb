package io.farebox.chain.lookup;

import io.farebox.chain.lookup.ChainNodes.Asked;
import io.farebox.x402.Network;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what happened in a transaction, and asks contract wallets about signatures. Nodes are asked in their order; one that errs,
 * lies or takes too long yields to the next. Takes 10 s at most. Thread-safe; never throws.
 */
public final class TransferReader {
    private final Map<Network, ChainNodes<RpcNode>> chains;
    private final Map<Network, ChainNodes<SolanaNode>> clusters;

    TransferReader(Map<Network, ChainNodes<RpcNode>> chains, Map<Network, ChainNodes<SolanaNode>> clusters) {
        this.chains = chains;
        this.clusters = clusters;
    }

    /** What a contract wallet says of a signature. */
    public enum Word {
        SIGNED,
        NOT_SIGNED,
        /** No node could be asked. */
        UNREADABLE
    }

    /** What became of a transaction. @param transaction {@code 0x} and 64 lower-case digits, or on Solana its signature */
    public TransferSight read(Network network, String transaction) {
        Asked<TransferSight> asked = network.isSolana() ? onSolana(network, transaction) : onEvm(network, transaction);
        if (asked.answer() != null) return asked.answer();
        return asked.all() ? new TransferSight.NotFound() : new TransferSight.Unreadable();
    }

    private Asked<TransferSight> onEvm(Network network, String transaction) {
        ChainNodes<RpcNode> nodes = chains.get(network);
        if (nodes == null) return new Asked<>(null, false);
        return nodes.ask((node, deadline) ->
                new TransferLook(new ChainView(node, deadline), nodes.confirmations(), transaction).take());
    }

    private Asked<TransferSight> onSolana(Network network, String signature) {
        ChainNodes<SolanaNode> nodes = clusters.get(network);
        if (nodes == null) return new Asked<>(null, false);
        Finality finality = Finality.of(nodes.confirmations());
        return nodes.ask(
                (node, deadline) -> new SolanaTransferLook(new SolanaView(node, deadline, finality), signature).take());
    }

    /**
     * Whether a contract wallet takes this signature for its own (ERC-1271), as of now.
     *
     * @param wallet {@code 0x} and 40 digits
     * @param digest 32 bytes
     * @param signature {@code 0x} and whole bytes
     */
    public Word isSigned(Network network, String wallet, byte[] digest, String signature) {
        ChainNodes<RpcNode> nodes = chains.get(network);
        if (nodes == null) return Word.UNREADABLE;
        String data = Erc1271.question(digest, signature);
        Word word = nodes.ask((node, deadline) -> Optional.of(isSigned(new ChainView(node, deadline), wallet, data)))
                .answer();
        return word == null ? Word.UNREADABLE : word;
    }

    private static Word isSigned(ChainView chain, String wallet, String data) throws RpcFailure {
        return chain.call(wallet, data).filter(Erc1271::isYes).isPresent() ? Word.SIGNED : Word.NOT_SIGNED;
    }
}
