package io.farebox.chain.lookup;

import java.util.List;
import java.util.Set;
import org.web3j.protocol.core.methods.response.Log;

/**
 * The log with which a token says that an authorization came to its end.
 *
 * @param used false if it was cancelled
 * @param block number of its block
 */
record SpentLog(boolean used, long block, String blockHash, String transaction, long index) {

    /** @throws RpcFailure if it is any other log than the one that was asked for */
    static SpentLog of(Log log, Authorization authorization) throws RpcFailure {
        List<String> topics = topics(log);
        boolean ours = !log.isRemoved()
                && authorization.asset().equals(RpcText.bytes(log.getAddress(), 20))
                && topics.size() == 3
                && Set.of(Eip3009Abi.USED, Eip3009Abi.CANCELED).contains(topics.getFirst())
                && topics.get(1).equals(RpcText.padded(authorization.payer()))
                && topics.get(2).equals(authorization.nonce());
        if (!ours) throw new RpcFailure("bad_answer");
        return new SpentLog(
                topics.getFirst().equals(Eip3009Abi.USED),
                RpcText.quantity(log.getBlockNumberRaw()),
                RpcText.bytes(log.getBlockHash(), 32),
                RpcText.bytes(log.getTransactionHash(), 32),
                RpcText.quantity(log.getLogIndexRaw()));
    }

    /** The topics, each a word in lower case. */
    static List<String> topics(Log log) throws RpcFailure {
        List<String> raw = log.getTopics();
        if (raw == null) throw new RpcFailure("bad_answer");
        String[] topics = new String[raw.size()];
        for (int i = 0; i < topics.length; i++) topics[i] = RpcText.bytes(raw.get(i), 32);
        return List.of(topics);
    }
}
