package io.farebox.chain.lookup;

import io.farebox.x402.FacilitatorRequest;
import java.math.BigInteger;
import java.util.Optional;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** A transaction that is in a block of the chain, as its receipt tells. Immutable. */
public final class MinedTransaction {
    /** What a receipt shows of a payment. */
    public enum Shows {
        /** The transfer that was promised: token, payer, payee and value. */
        PAID,
        /** Nothing of it: its call failed, or was not made. */
        NOTHING,
        /** The authorization was used, and it is not clear for what. */
        UNCLEAR
    }

    private final TransactionReceipt receipt;
    private final String hash;
    private final long block;
    private final boolean succeeded;
    private final BigInteger cost;

    private MinedTransaction(TransactionReceipt receipt, String hash, long block, boolean succeeded, BigInteger cost) {
        this.receipt = receipt;
        this.hash = hash;
        this.block = block;
        this.succeeded = succeeded;
        this.cost = cost;
    }

    static MinedTransaction of(TransactionReceipt receipt, String asked) throws RpcFailure {
        String hash = RpcText.bytes(receipt.getTransactionHash(), 32);
        boolean known = "0x1".equals(receipt.getStatus()) || "0x0".equals(receipt.getStatus());
        if (!hash.equals(asked) || !known || receipt.getLogs() == null) throw new RpcFailure("bad_answer");
        BigInteger gas = RpcText.large(receipt.getGasUsedRaw());
        // A few nodes do not tell the price: then nothing is known of the cost, and the budget counts what it could be.
        BigInteger price = receipt.getEffectiveGasPrice() == null
                ? BigInteger.ZERO
                : RpcText.large(receipt.getEffectiveGasPrice());
        return new MinedTransaction(
                receipt,
                hash,
                RpcText.quantity(receipt.getBlockNumberRaw()),
                "0x1".equals(receipt.getStatus()),
                gas.multiply(price));
    }

    public String hash() {
        return hash;
    }

    public long block() {
        return block;
    }

    /** Whether it was not undone as a whole. */
    public boolean succeeded() {
        return succeeded;
    }

    /** What its sender paid for gas, in wei; 0 if the node does not tell. */
    public BigInteger cost() {
        return cost;
    }

    /** What it shows of a payment. @throws ChainUnreadableException if the receipt is not well formed */
    public Shows shows(FacilitatorRequest payment) throws ChainUnreadableException {
        try {
            Optional<Authorization> authorization = Authorization.of(payment);
            if (!succeeded || authorization.isEmpty()) return Shows.NOTHING;
            Optional<SpentLog> end = end(authorization.get());
            if (end.isEmpty()) return Shows.NOTHING;
            return switch (new TransferProof(authorization.get()).judge(receipt, end.get())) {
                case PAID -> Shows.PAID;
                case PAID_ELSEWHERE, UNCLEAR -> Shows.UNCLEAR;
            };
        } catch (RpcFailure e) {
            throw new ChainUnreadableException("the receipt of " + hash + " cannot be read: " + e.reason());
        }
    }

    private Optional<SpentLog> end(Authorization authorization) throws RpcFailure {
        for (Log log : receipt.getLogs()) {
            if (!isAbout(log, authorization)) continue;
            SpentLog end = SpentLog.of(log, authorization);
            if (end.used()) return Optional.of(end);
        }
        return Optional.empty();
    }

    private static boolean isAbout(Log log, Authorization authorization) throws RpcFailure {
        if (!authorization.asset().equals(RpcText.bytes(log.getAddress(), 20))) return false;
        var topics = SpentLog.topics(log);
        return topics.size() == 3
                && topics.getFirst().equals(Eip3009Abi.USED)
                && topics.get(1).equals(RpcText.padded(authorization.payer()))
                && topics.get(2).equals(authorization.nonce());
    }

    String blockHash() throws RpcFailure {
        return RpcText.bytes(receipt.getBlockHash(), 32);
    }
}
