package io.farebox.chain.lookup;

import io.farebox.chain.TransferCalls;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.Network;
import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.web3j.protocol.core.methods.response.EthBlock;

/**
 * What a sender asks the nodes of one EVM chain. Nodes are asked in their order until one answers; a transaction goes to all of
 * them. One that serves another chain is asked nothing. Each question is over after 10 s. Thread-safe.
 */
public final class SendingNodes implements AutoCloseable {
    private static final LookupLimits LIMITS = LookupLimits.defaults();

    /** What nodes said to a transaction. */
    public enum Sent {
        /** At least one has it, now or before. */
        TAKEN,
        /** Its nonce is used: by itself, by another attempt, or by somebody else with the same key. */
        NONCE_USED,
        /** The account cannot pay the gas. */
        TOO_POOR,
        /** It pays too little to take another attempt's place, or to be taken at all. */
        TOO_CHEAP,
        /** None took it, for another reason or for none. */
        REFUSED
    }

    private interface Question<T> {
        T ask(Asking asking) throws RpcFailure;
    }

    private final Network network;
    private final HttpPosts posts = new HttpPosts();
    private final List<RpcNode> nodes = new ArrayList<>();

    /** @param settings with at least one URL */
    public SendingNodes(Network network, ChainSettings settings) {
        this.network = network;
        for (String url : settings.rpcUrls()) nodes.add(new RpcNode(network, nodes.size() + 1, URI.create(url), posts));
    }

    /** One node, for one question. */
    private record Asking(RpcNode node, Deadline deadline) {
        ChainView view() {
            return new ChainView(node, deadline);
        }

        RpcNode.Text ask(String method, Object... params) throws RpcFailure {
            return node.ask(RpcNode.Text.class, method, List.of(params), deadline);
        }

        String text(String method, Object... params) throws RpcFailure {
            String text = RpcNode.result(ask(method, params)).getResult();
            if (text == null) throw new RpcFailure("bad_answer");
            return text;
        }
    }

    private <T> T ask(Question<T> question) throws ChainUnreadableException {
        String last = "no_rpc";
        for (RpcNode node : nodes) {
            Deadline deadline = new Deadline(LIMITS);
            try {
                if (!node.isOfOurChain(deadline)) throw new RpcFailure("wrong_chain");
                T answer = question.ask(new Asking(node, deadline));
                node.worked();
                return answer;
            } catch (RpcFailure e) {
                last = e.reason();
                node.failed(last);
            }
        }
        throw new ChainUnreadableException("networks.\"" + network + "\".rpc: no node could be read: " + last);
    }

    public Network network() {
        return network;
    }

    /** The newest block. @throws ChainUnreadableException also if the chain has no base fee, so that we cannot send there */
    public ChainHead head() throws ChainUnreadableException {
        return ask(asking -> {
            EthBlock.Block raw = RpcNode.result(asking.node()
                            .ask(EthBlock.class, "eth_getBlockByNumber", List.of("latest", false), asking.deadline()))
                    .getBlock();
            if (raw == null) throw new RpcFailure("no_block");
            if (raw.getBaseFeePerGasRaw() == null) throw new RpcFailure("no_base_fee");
            Block block = Block.of(raw);
            return new ChainHead(block.number(), block.time(), RpcText.large(raw.getBaseFeePerGasRaw()));
        });
    }

    /** What a block's maker wants for a unit of gas, in wei. */
    public BigInteger tip() throws ChainUnreadableException {
        return ask(asking -> RpcText.large(asking.text("eth_maxPriorityFeePerGas")));
    }

    /** What an account owns of the chain's coin, in wei. */
    public BigInteger coins(String account) throws ChainUnreadableException {
        return ask(asking -> RpcText.large(asking.text("eth_getBalance", account, "latest")));
    }

    /** How many transactions of an account are in blocks. */
    public long transactions(String account) throws ChainUnreadableException {
        return ask(asking -> RpcText.quantity(asking.text("eth_getTransactionCount", account, "latest")));
    }

    /** Whether there is no program at an address: a plain account. */
    public boolean isPlain(String address) throws ChainUnreadableException {
        return code(address).equals("0x");
    }

    private String code(String address) throws ChainUnreadableException {
        return ask(asking -> {
            String code = asking.text("eth_getCode", address, "latest");
            if (!RpcText.isHex(code)) throw new RpcFailure("bad_answer");
            return code;
        });
    }

    /** Makes a call as if from this account. @return what it gives back, or empty if it fails */
    public Optional<String> call(String from, TransferCalls.Call call) throws ChainUnreadableException {
        return ask(asking -> {
            RpcNode.Text reply = asking.ask("eth_call", parameters(from, call), "latest");
            if (reply.hasError() && Reverts.is(reply.getError())) return Optional.empty();
            String result = RpcNode.result(reply).getResult();
            if (result == null || !RpcText.isHex(result)) throw new RpcFailure("bad_answer");
            return Optional.of(result);
        });
    }

    /** How much gas a call would need. @return empty if it fails */
    public OptionalLong gas(String from, TransferCalls.Call call) throws ChainUnreadableException {
        return ask(asking -> {
            RpcNode.Text reply = asking.ask("eth_estimateGas", parameters(from, call));
            if (reply.hasError() && Reverts.is(reply.getError())) return OptionalLong.empty();
            return OptionalLong.of(RpcText.quantity(RpcNode.result(reply).getResult()));
        });
    }

    private static Map<String, String> parameters(String from, TransferCalls.Call call) {
        return Map.of("from", from, "to", call.target(), "data", call.data());
    }

    /** Whether the authorization of a payment was used or cancelled. */
    public boolean isSpent(FacilitatorRequest payment) throws ChainUnreadableException {
        Authorization authorization = Authorization.of(payment)
                .orElseThrow(
                        () -> new ChainUnreadableException("the payment is not one that the chain can be asked of"));
        return ask(asking ->
                asking.view().isSpent(authorization, asking.view().latest().number()));
    }

    /** What an account owns of a token, in atomic units. */
    public BigInteger balance(String token, String account) throws ChainUnreadableException {
        String data = Eip3009Abi.BALANCE_OF
                + RpcText.padded(account.toLowerCase(Locale.ROOT)).substring(2);
        return word(token, data);
    }

    private BigInteger word(String contract, String data) throws ChainUnreadableException {
        return ask(asking -> RpcText.word(asking.text("eth_call", Map.of("to", contract, "data", data), "latest")));
    }

    /** What a token says of itself; empty if there is no program at its address, or one that does not answer. */
    public Optional<TokenFacts> token(String address) throws ChainUnreadableException {
        if (isPlain(address)) return Optional.empty();
        var decimals = new TransferCalls.Call(address, Eip3009Abi.DECIMALS);
        var separator = new TransferCalls.Call(address, Eip3009Abi.DOMAIN_SEPARATOR);
        Optional<String> digits = call(address, decimals);
        Optional<String> domain = call(address, separator);
        try {
            if (digits.isEmpty() || domain.isEmpty()) return Optional.empty();
            return Optional.of(new TokenFacts(RpcText.word(digits.get()), RpcText.bytes(domain.get(), 32)));
        } catch (RpcFailure e) {
            return Optional.empty();
        }
    }

    /**
     * A transaction's place in the chain, if it has one. The block that the receipt names was compared with the chain's block of
     * that number.
     */
    public Optional<MinedTransaction> mined(String hash) throws ChainUnreadableException {
        return ask(asking -> {
            ChainView view = asking.view();
            try {
                MinedTransaction mined = MinedTransaction.of(view.receipt(hash), hash);
                return view.block(mined.block()).hash().equals(mined.blockHash())
                        ? Optional.of(mined)
                        : Optional.empty();
            } catch (RpcFailure e) {
                if (e.reason().equals("no_receipt")) return Optional.empty();
                throw e;
            }
        });
    }

    /** Sends a signed transaction to every node. Never throws: what was stored is sent again until it is seen. */
    public Sent send(String raw) {
        Sent best = Sent.REFUSED;
        for (RpcNode node : nodes) {
            Sent said = send(node, raw);
            if (said.compareTo(best) < 0) best = said;
        }
        return best;
    }

    private static Sent send(RpcNode node, String raw) {
        Deadline deadline = new Deadline(LIMITS);
        try {
            if (!node.isOfOurChain(deadline)) return Sent.REFUSED;
            RpcNode.Text reply = node.ask(RpcNode.Text.class, "eth_sendRawTransaction", List.of(raw), deadline);
            node.worked();
            return reply.hasError() ? SendAnswers.read(reply.getError()) : Sent.TAKEN;
        } catch (RpcFailure e) {
            node.failed(e.reason());
            return Sent.REFUSED;
        }
    }

    @Override
    public void close() {
        posts.close();
    }
}
