package io.farebox.chain.lookup;

import io.farebox.chain.lookup.TransferSight.Moved;
import io.farebox.chain.lookup.TransferSight.Used;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** One look at one transaction through one node. */
final class TransferLook {
    private final ChainView chain;
    private final int confirmations;
    private final String transaction;

    TransferLook(ChainView chain, int confirmations, String transaction) {
        this.chain = chain;
        this.confirmations = confirmations;
        this.transaction = transaction;
    }

    /** Empty if this node knows nothing of it. */
    Optional<TransferSight> take() throws RpcFailure {
        Optional<TransactionReceipt> found = receipt();
        if (found.isEmpty()) {
            return chain.isKnown(transaction) ? Optional.of(new TransferSight.Pending()) : Optional.empty();
        }
        TransactionReceipt receipt = found.get();
        long number = RpcText.quantity(receipt.getBlockNumberRaw());
        String hash = RpcText.bytes(receipt.getBlockHash(), 32);
        if (!transaction.equals(RpcText.bytes(receipt.getTransactionHash(), 32))) throw new RpcFailure("bad_answer");
        if (chain.latest().number() - number + 1 < confirmations) return Optional.of(new TransferSight.Pending());
        // A receipt may be of a block that another has replaced.
        Block block = chain.block(number);
        if (!block.hash().equals(hash)) throw new RpcFailure("reorganised");
        if ("0x0".equals(receipt.getStatus())) return Optional.of(new TransferSight.Reverted());
        if (!"0x1".equals(receipt.getStatus())) throw new RpcFailure("bad_answer");
        return Optional.of(mined(receipt, block));
    }

    private Optional<TransactionReceipt> receipt() throws RpcFailure {
        try {
            return Optional.of(chain.receipt(transaction));
        } catch (RpcFailure e) {
            if (e.reason().equals("no_receipt")) return Optional.empty();
            throw e;
        }
    }

    private TransferSight mined(TransactionReceipt receipt, Block block) throws RpcFailure {
        if (receipt.getLogs() == null) throw new RpcFailure("bad_answer");
        List<Moved> transfers = new ArrayList<>();
        List<Used> authorizations = new ArrayList<>();
        long last = -1;
        for (Log log : receipt.getLogs()) {
            long index = index(log, block);
            if (index <= last) throw new RpcFailure("bad_answer");
            last = index;
            read(log, index, transfers, authorizations);
        }
        return new TransferSight.Mined(Instant.ofEpochSecond(block.time()), transfers, authorizations);
    }

    private long index(Log log, Block block) throws RpcFailure {
        boolean ours = log != null
                && !log.isRemoved()
                && transaction.equals(RpcText.bytes(log.getTransactionHash(), 32))
                && block.hash().equals(RpcText.bytes(log.getBlockHash(), 32));
        if (!ours) throw new RpcFailure("bad_answer");
        return RpcText.quantity(log.getLogIndexRaw());
    }

    /** Logs of any other form are none of ours: NFTs tell of transfers with four topics. */
    private static void read(Log log, long index, List<Moved> transfers, List<Used> authorizations) throws RpcFailure {
        List<String> topics = SpentLog.topics(log);
        if (topics.size() != 3) return;
        String emitter = RpcText.bytes(log.getAddress(), 20);
        if (topics.getFirst().equals(Eip3009Abi.USED) && isAddress(topics.get(1))) {
            authorizations.add(new Used(emitter, address(topics.get(1)), topics.get(2)));
        }
        boolean moved = topics.getFirst().equals(Eip3009Abi.TRANSFER)
                && isAddress(topics.get(1))
                && isAddress(topics.get(2))
                && log.getData() != null
                && log.getData().length() == 66;
        if (!moved) return;
        transfers.add(
                new Moved(index, emitter, address(topics.get(1)), address(topics.get(2)), RpcText.word(log.getData())));
    }

    private static boolean isAddress(String topic) {
        return topic.startsWith("0x" + "0".repeat(24));
    }

    private static String address(String topic) {
        return "0x" + topic.substring(26);
    }
}
