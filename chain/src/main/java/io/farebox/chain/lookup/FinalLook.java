package io.farebox.chain.lookup;

import io.farebox.chain.lookup.TransferProof.Finding;
import io.farebox.gate.FinalityLookup.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/**
 * One look at one charged payment through one node. Four exchanges as long as its transaction is where it was; only if it is gone from
 * there is the authorization itself looked for.
 */
final class FinalLook {
    private static final Standing NOT_KNOWN = new Standing.NotKnown();

    private final ChainView chain;
    private final int confirmations;
    private final Authorization authorization;
    private final String transaction;

    /** @param transaction in which it was charged, as far as the book knows; any text */
    FinalLook(ChainView chain, int confirmations, Authorization authorization, String transaction) {
        this.chain = chain;
        this.confirmations = confirmations;
        this.authorization = authorization;
        this.transaction = transaction;
    }

    Standing take() throws RpcFailure {
        Optional<TransactionReceipt> receipt = receipt();
        Optional<SpentLog> end = receipt.isEmpty() ? Optional.empty() : endIn(receipt.get());
        if (end.isEmpty()) return elsewhere();
        return standing(end.get(), receipt.get());
    }

    private Optional<TransactionReceipt> receipt() throws RpcFailure {
        if (transaction.length() != 66 || !RpcText.isHex(transaction)) return Optional.empty();
        try {
            return Optional.of(chain.receipt(transaction));
        } catch (RpcFailure e) {
            if (e.reason().equals("no_receipt")) return Optional.empty();
            throw e;
        }
    }

    /** Where the transaction uses the authorization; empty if it does not, or failed. */
    private Optional<SpentLog> endIn(TransactionReceipt receipt) throws RpcFailure {
        if (!"0x1".equals(receipt.getStatus())) return Optional.empty();
        if (receipt.getLogs() == null) throw new RpcFailure("bad_answer");
        for (Log log : receipt.getLogs()) {
            if (log == null) throw new RpcFailure("bad_answer");
            if (isOurs(log)) return Optional.of(SpentLog.of(log, authorization));
        }
        return Optional.empty();
    }

    private boolean isOurs(Log log) throws RpcFailure {
        List<String> topics = SpentLog.topics(log);
        return topics.size() == 3
                && topics.getFirst().equals(Eip3009Abi.USED)
                && topics.get(1).equals(RpcText.padded(authorization.payer()))
                && topics.get(2).equals(authorization.nonce())
                && authorization.asset().equals(RpcText.bytes(log.getAddress(), 20));
    }

    /** It may be in another transaction by now, or be used otherwise, or not at all. */
    private Standing elsewhere() throws RpcFailure {
        Block head = chain.latest();
        if (!chain.isSpent(authorization, head.number())) return unspent(head);
        Optional<SpentLog> end = new EndSearch(chain).find(authorization, head);
        if (end.isEmpty()) return NOT_KNOWN;
        return standing(end.get(), end.get().used() ? chain.receipt(end.get().transaction()) : null);
    }

    /** Unspent at the head, it is unspent at every block before; so a final block after the window ends it. */
    private Standing unspent(Block head) throws RpcFailure {
        Optional<Block> last = chain.lastFinal(confirmations);
        if (last.isPresent() && last.get().number() > head.number()) throw new RpcFailure("bad_answer");
        return last.isPresent() && authorization.isOverAt(last.get()) ? new Standing.Undone() : NOT_KNOWN;
    }

    /** @param receipt of the transaction that used it; null if it was cancelled */
    private Standing standing(SpentLog end, @Nullable TransactionReceipt receipt) throws RpcFailure {
        Block mined = chain.block(end.block());
        if (!mined.hash().equals(end.blockHash())) throw new RpcFailure("reorganised");
        Finding finding =
                receipt == null ? Finding.PAID_ELSEWHERE : new TransferProof(authorization).judge(receipt, end);
        Optional<Block> last = chain.lastFinal(confirmations);
        if (last.isEmpty()) return NOT_KNOWN;
        boolean isFinal = mined.number() <= last.get().number();
        return switch (finding) {
            case PAID -> isFinal ? new Standing.Final() : waiting(mined, last.get());
            case PAID_ELSEWHERE -> isFinal ? new Standing.Undone() : NOT_KNOWN;
            case UNCLEAR -> NOT_KNOWN;
        };
    }

    private static Standing waiting(Block mined, Block last) {
        return new Standing.Waiting(Instant.ofEpochSecond(mined.time()), Instant.ofEpochSecond(last.time()));
    }
}
