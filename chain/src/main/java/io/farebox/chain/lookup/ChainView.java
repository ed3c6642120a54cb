package io.farebox.chain.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.EthGetTransactionReceipt;
import org.web3j.protocol.core.methods.response.EthLog;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** The questions of one look-up to one node. Every answer was held against its question. */
final class ChainView {
    /** What nodes answer that know no {@code finalized}: standard codes, geth's "not found" and its catch-all. */
    private static final Set<Integer> NO_SUCH_TAG = Set.of(-32600, -32601, -32602, -32000, -39001);

    /** Two million: checks of several signatures by today's wallets cost a tenth. */
    private static final String CALL_GAS = "0x1e8480";

    private final RpcNode node;
    private final Deadline deadline;

    ChainView(RpcNode node, Deadline deadline) {
        this.node = node;
        this.deadline = deadline;
    }

    Block latest() throws RpcFailure {
        return found(RpcNode.result(ask(EthBlock.class, "eth_getBlockByNumber", "latest", false)));
    }

    Block block(long number) throws RpcFailure {
        Block block =
                found(RpcNode.result(ask(EthBlock.class, "eth_getBlockByNumber", RpcText.quantity(number), false)));
        if (block.number() != number) throw new RpcFailure("bad_answer");
        return block;
    }

    /** The newest final block, or empty if the node knows no such thing. */
    Optional<Block> finalized() throws RpcFailure {
        EthBlock reply = ask(EthBlock.class, "eth_getBlockByNumber", "finalized", false);
        if (reply.hasError() && NO_SUCH_TAG.contains(reply.getError().getCode())) return Optional.empty();
        return RpcNode.result(reply).getBlock() == null ? Optional.empty() : Optional.of(found(reply));
    }

    /** The newest block that cannot be undone: what the chain calls final, else as deep as configured. Empty if there is none. */
    Optional<Block> lastFinal(int confirmations) throws RpcFailure {
        Optional<Block> finalized = finalized();
        if (finalized.isPresent()) return finalized;
        long deep = latest().number() - confirmations + 1;
        return deep < 0 ? Optional.empty() : Optional.of(block(deep));
    }

    /** Whether the authorization was used or cancelled, as of this block. */
    boolean isSpent(Authorization authorization, long at) throws RpcFailure {
        Map<String, String> call = Map.of("to", authorization.asset(), "data", Eip3009Abi.stateOf(authorization));
        RpcNode.Text reply = RpcNode.result(ask(RpcNode.Text.class, "eth_call", call, RpcText.quantity(at)));
        return switch (RpcText.word(reply.getResult()).bitLength()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw new RpcFailure("bad_answer");
        };
    }

    /** The logs that tell of the authorization's end in these blocks; there can be one. */
    List<SpentLog> ends(Authorization authorization, long from, long to) throws RpcFailure {
        Map<String, Object> filter = Map.of(
                "address", authorization.asset(),
                "fromBlock", RpcText.quantity(from),
                "toBlock", RpcText.quantity(to),
                "topics",
                        List.of(
                                List.of(Eip3009Abi.USED, Eip3009Abi.CANCELED),
                                RpcText.padded(authorization.payer()),
                                authorization.nonce()));
        List<SpentLog> logs = new ArrayList<>();
        for (Log log : logs(filter)) {
            SpentLog end = SpentLog.of(log, authorization);
            if (end.block() < from || end.block() > to) throw new RpcFailure("bad_answer");
            logs.add(end);
        }
        return logs;
    }

    /** The logs that a filter finds, as the node tells them: whoever asks holds them against the question. */
    List<Log> logs(Map<String, Object> filter) throws RpcFailure {
        EthLog reply = RpcNode.result(ask(EthLog.class, "eth_getLogs", filter));
        if (reply.getLogs() == null) throw new RpcFailure("bad_answer");
        List<Log> logs = new ArrayList<>();
        for (EthLog.LogResult<?> log : reply.getLogs()) {
            if (!(log instanceof Log whole)) throw new RpcFailure("bad_answer");
            logs.add(whole);
        }
        return logs;
    }

    TransactionReceipt receipt(String transaction) throws RpcFailure {
        EthGetTransactionReceipt reply =
                RpcNode.result(ask(EthGetTransactionReceipt.class, "eth_getTransactionReceipt", transaction));
        if (reply.getResult() == null) throw new RpcFailure("no_receipt");
        return reply.getResult();
    }

    /** Whether the node knows of the transaction, mined or not. */
    boolean isKnown(String transaction) throws RpcFailure {
        RpcNode.Members reply = RpcNode.result(ask(RpcNode.Members.class, "eth_getTransactionByHash", transaction));
        if (reply.getResult() == null) return false;
        if (!(reply.getResult().get("hash") instanceof String hash)
                || !RpcText.bytes(hash, 32).equals(transaction)) throw new RpcFailure("bad_answer");
        return true;
    }

    /** What a contract answers to a call that may cost little; empty if the call fails. */
    Optional<String> call(String contract, String data) throws RpcFailure {
        Map<String, String> call = Map.of("to", contract, "data", data, "gas", CALL_GAS);
        RpcNode.Text reply = ask(RpcNode.Text.class, "eth_call", call, "latest");
        if (reply.hasError()) return Optional.empty();
        String result = reply.getResult();
        if (result == null || !RpcText.isHex(result)) throw new RpcFailure("bad_answer");
        return Optional.of(result);
    }

    /** What a contract answers; empty if the call fails there, which is not a failure of the node. */
    Optional<String> answer(String contract, String data) throws RpcFailure {
        Map<String, String> call = Map.of("to", contract, "data", data, "gas", CALL_GAS);
        RpcNode.Text reply = ask(RpcNode.Text.class, "eth_call", call, "latest");
        if (reply.hasError() && Reverts.is(reply.getError())) return Optional.empty();
        String result = RpcNode.result(reply).getResult();
        if (result == null || !RpcText.isHex(result)) throw new RpcFailure("bad_answer");
        return Optional.of(result);
    }

    /** Whether there is a program at an address. */
    boolean hasCode(String address) throws RpcFailure {
        String code = RpcNode.result(ask(RpcNode.Text.class, "eth_getCode", address, "latest"))
                .getResult();
        if (code == null || !RpcText.isHex(code)) throw new RpcFailure("bad_answer");
        return code.length() > 2;
    }

    private static Block found(EthBlock reply) throws RpcFailure {
        if (reply.getBlock() == null) throw new RpcFailure("no_block");
        return Block.of(reply.getBlock());
    }

    private <T extends Response<?>> T ask(Class<T> type, String method, Object... params) throws RpcFailure {
        return node.ask(type, method, List.of(params), deadline);
    }
}
