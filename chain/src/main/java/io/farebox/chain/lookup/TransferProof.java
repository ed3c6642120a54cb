package io.farebox.chain.lookup;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/**
 * Judges whether a used authorization paid us, from the receipt of the transaction that used it. One transaction may use
 * many, so a transfer proves only the authorization that it belongs to: otherwise a payer could sign one nonce twice, for us
 * and for himself, use the second, and show us another payment's transfer.
 */
final class TransferProof {
    enum Finding {
        /** The transfer that belongs to the authorization is exactly the one that we asked for. */
        PAID,
        /** Nothing in the transaction is such a transfer. */
        PAID_ELSEWHERE,
        /** There is such a transfer, but it may belong to another payment. */
        UNCLEAR
    }

    private enum Kind {
        USED_BY_PAYER,
        TRANSFER_TO_US,
        OTHER_TRANSFER_OF_PAYER,
        OTHER
    }

    private final Authorization authorization;

    TransferProof(Authorization authorization) {
        this.authorization = authorization;
    }

    /** @throws RpcFailure if the receipt is not the one of that log, or not well formed */
    Finding judge(TransactionReceipt receipt, SpentLog end) throws RpcFailure {
        boolean same = end.transaction().equals(RpcText.bytes(receipt.getTransactionHash(), 32))
                && end.blockHash().equals(RpcText.bytes(receipt.getBlockHash(), 32))
                && end.block() == RpcText.quantity(receipt.getBlockNumberRaw());
        if (!same || !"0x1".equals(receipt.getStatus())) throw new RpcFailure("bad_answer");
        List<Log> logs = ofAsset(receipt, end);
        List<Kind> kinds = new ArrayList<>();
        int own = -1;
        for (Log log : logs) {
            if (RpcText.quantity(log.getLogIndexRaw()) == end.index()) own = kinds.size();
            kinds.add(kind(log));
        }
        if (own < 0 || !SpentLog.of(logs.get(own), authorization).equals(end)) throw new RpcFailure("bad_answer");
        return judge(kinds, own);
    }

    /** A single use and a single transfer belong together. In a batch, the transfer that follows the use is the use's own. */
    private static Finding judge(List<Kind> kinds, int own) {
        int toUs = Collections.frequency(kinds, Kind.TRANSFER_TO_US);
        if (toUs == 0) return Finding.PAID_ELSEWHERE;
        boolean single = toUs == 1
                && Collections.frequency(kinds, Kind.USED_BY_PAYER) == 1
                && !kinds.contains(Kind.OTHER_TRANSFER_OF_PAYER);
        if (single) return Finding.PAID;
        // A token that told of the transfer first would begin with one; which use it belongs to is then left open.
        Kind first =
                kinds.stream().filter(kind -> kind != Kind.OTHER).findFirst().orElse(Kind.OTHER);
        boolean follows = own + 1 < kinds.size() && kinds.get(own + 1) == Kind.TRANSFER_TO_US;
        return first == Kind.USED_BY_PAYER && follows ? Finding.PAID : Finding.UNCLEAR;
    }

    /** The asset's logs in their order. */
    private List<Log> ofAsset(TransactionReceipt receipt, SpentLog end) throws RpcFailure {
        if (receipt.getLogs() == null) throw new RpcFailure("bad_answer");
        List<Log> logs = new ArrayList<>();
        long last = -1;
        for (Log log : receipt.getLogs()) {
            if (log == null || !isIn(end, log)) throw new RpcFailure("bad_answer");
            long index = RpcText.quantity(log.getLogIndexRaw());
            if (index <= last) throw new RpcFailure("bad_answer");
            last = index;
            if (authorization.asset().equals(RpcText.bytes(log.getAddress(), 20))) logs.add(log);
        }
        return logs;
    }

    private static boolean isIn(SpentLog end, Log log) throws RpcFailure {
        return !log.isRemoved()
                && end.transaction().equals(RpcText.bytes(log.getTransactionHash(), 32))
                && end.blockHash().equals(RpcText.bytes(log.getBlockHash(), 32));
    }

    private Kind kind(Log log) throws RpcFailure {
        List<String> topics = SpentLog.topics(log);
        if (topics.isEmpty()) return Kind.OTHER;
        String payer = RpcText.padded(authorization.payer());
        if (topics.getFirst().equals(Eip3009Abi.USED)) {
            return topics.size() == 3 && topics.get(1).equals(payer) ? Kind.USED_BY_PAYER : Kind.OTHER;
        }
        if (!topics.getFirst().equals(Eip3009Abi.TRANSFER)) return Kind.OTHER;
        // An ERC-20 transfer has two indexed addresses; a token that says it otherwise is not understood.
        if (topics.size() != 3) throw new RpcFailure("bad_answer");
        BigInteger value = RpcText.word(log.getData());
        if (!topics.get(1).equals(payer)) return Kind.OTHER;
        boolean ours =
                topics.get(2).equals(RpcText.padded(authorization.payee())) && value.equals(authorization.amount());
        return ours ? Kind.TRANSFER_TO_US : Kind.OTHER_TRANSFER_OF_PAYER;
    }
}
