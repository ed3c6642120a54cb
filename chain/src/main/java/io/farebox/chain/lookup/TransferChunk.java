package io.farebox.chain.lookup;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.web3j.protocol.core.methods.response.Log;

/** The transfers to some payees in a range of blocks, as one node shows them. */
final class TransferChunk {
    /** How many payers are asked for at once; some nodes take no longer lists. */
    private static final int PAYERS_AT_ONCE = 50;

    private record Used(String asset, String payer, String nonce, String transaction, long index) {}

    private final ChainView chain;
    private final Set<String> assets;
    private final Set<String> payees;
    private final long from;
    private final long to;

    TransferChunk(ChainView chain, Set<String> assets, Set<String> payees, long from, long to) {
        this.chain = chain;
        this.assets = assets;
        this.payees = payees;
        this.from = from;
        this.to = to;
    }

    /** In the order of the chain. */
    List<PaidTransfer> read() throws RpcFailure {
        List<PaidTransfer> transfers = new ArrayList<>();
        for (Log log : logs(Arrays.asList(Eip3009Abi.TRANSFER, null, padded(payees)))) transfers.add(transfer(log));
        transfers.sort(Comparator.comparingLong(PaidTransfer::block).thenComparingLong(PaidTransfer::index));
        if (transfers.isEmpty()) return transfers;
        List<Used> used = used(transfers);
        return transfers.stream().map(each -> each.with(nonce(each, used))).toList();
    }

    private List<Log> logs(List<@Nullable Object> topics) throws RpcFailure {
        List<Log> logs = chain.logs(Map.of(
                "address", List.copyOf(assets),
                "fromBlock", RpcText.quantity(from),
                "toBlock", RpcText.quantity(to),
                "topics", topics));
        for (Log log : logs) requireAskedFor(log);
        return logs;
    }

    private void requireAskedFor(Log log) throws RpcFailure {
        long block = RpcText.quantity(log.getBlockNumberRaw());
        boolean asked = !log.isRemoved()
                && assets.contains(RpcText.bytes(log.getAddress(), 20))
                && SpentLog.topics(log).size() == 3
                && block >= from
                && block <= to;
        if (!asked) throw new RpcFailure("bad_answer");
    }

    private static List<String> padded(Collection<String> addresses) {
        return addresses.stream().map(RpcText::padded).toList();
    }

    private PaidTransfer transfer(Log log) throws RpcFailure {
        List<String> topics = SpentLog.topics(log);
        String payee = address(topics.get(2));
        if (!topics.getFirst().equals(Eip3009Abi.TRANSFER) || !payees.contains(payee))
            throw new RpcFailure("bad_answer");
        BigInteger amount = RpcText.word(log.getData());
        return new PaidTransfer(
                RpcText.bytes(log.getAddress(), 20),
                address(topics.get(1)),
                payee,
                amount,
                RpcText.bytes(log.getTransactionHash(), 32),
                RpcText.quantity(log.getBlockNumberRaw()),
                RpcText.quantity(log.getLogIndexRaw()),
                null);
    }

    private static String address(String topic) throws RpcFailure {
        if (!topic.startsWith("0x" + "0".repeat(24))) throw new RpcFailure("bad_answer");
        return "0x" + topic.substring(26);
    }

    private List<Used> used(List<PaidTransfer> transfers) throws RpcFailure {
        Set<String> payers = new TreeSet<>();
        transfers.forEach(each -> payers.add(each.payer()));
        List<String> all = new ArrayList<>(payers);
        List<Used> used = new ArrayList<>();
        for (int i = 0; i < all.size(); i += PAYERS_AT_ONCE) {
            List<String> some = all.subList(i, Math.min(all.size(), i + PAYERS_AT_ONCE));
            for (Log log : logs(Arrays.asList(Eip3009Abi.USED, padded(some)))) used.add(used(log));
        }
        return used;
    }

    private static Used used(Log log) throws RpcFailure {
        List<String> topics = SpentLog.topics(log);
        if (!topics.getFirst().equals(Eip3009Abi.USED)) throw new RpcFailure("bad_answer");
        return new Used(
                RpcText.bytes(log.getAddress(), 20),
                address(topics.get(1)),
                topics.get(2),
                RpcText.bytes(log.getTransactionHash(), 32),
                RpcText.quantity(log.getLogIndexRaw()));
    }

    /** The use that a transfer belongs to: the last of its payer before it in its transaction, else the first behind it. */
    private static @Nullable String nonce(PaidTransfer transfer, List<Used> used) {
        Used best = null;
        for (Used each : used)
            if (belongs(each, transfer) && (best == null || distance(each, transfer) < distance(best, transfer)))
                best = each;
        if (best == null) return null;
        used.remove(best);
        return best.nonce();
    }

    private static boolean belongs(Used used, PaidTransfer transfer) {
        return used.transaction().equals(transfer.transaction())
                && used.asset().equals(transfer.asset())
                && used.payer().equals(transfer.payer());
    }

    private static long distance(Used used, PaidTransfer transfer) {
        long before = transfer.index() - used.index();
        return before > 0 ? before : Integer.MAX_VALUE - before;
    }
}
