package io.farebox.chain.lookup;

import io.farebox.x402.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The questions of one look-up to one node of a Solana cluster. */
final class SolanaView {
    private static final Map<String, Object> FINAL = Map.of("commitment", "finalized");

    private final SolanaNode node;
    private final Deadline deadline;
    private final Finality finality;

    SolanaView(SolanaNode node, Deadline deadline, Finality finality) {
        this.node = node;
        this.deadline = deadline;
        this.finality = finality;
    }

    /** What became of a transaction, if it counts and the node has kept it. */
    Optional<SolanaLanded> transaction(String signature) throws RpcFailure {
        Map<String, Object> how =
                Map.of("encoding", "base64", "commitment", finality.commitment(), "maxSupportedTransactionVersion", 0);
        Object result = node.ask("getTransaction", List.of(signature, how), deadline);
        if (result == null) return Optional.empty();
        SolanaLanded landed = SolanaLanded.of(SolanaText.object(result), signature);
        return isDeep(landed) ? Optional.of(landed) : Optional.empty();
    }

    private boolean isDeep(SolanaLanded landed) throws RpcFailure {
        if (finality.slots() <= 1) return true;
        Object head = node.ask("getSlot", List.of(Map.of("commitment", finality.commitment())), deadline);
        if (!(head instanceof Long slot)) throw new RpcFailure("bad_answer");
        return slot - landed.slot() + 1 >= finality.slots();
    }

    /** Transactions that an account was part of, the newest first. @param before the last of the page before, if any */
    List<JsonObject> listed(String account, @Nullable String before, int most, long notBefore) throws RpcFailure {
        Map<String, Object> how = new LinkedHashMap<>();
        how.put("limit", most);
        how.put("commitment", "confirmed");
        if (before != null) how.put("before", before);
        if (notBefore > 0) how.put("minContextSlot", notBefore);
        return SolanaText.objects(node.ask("getSignaturesForAddress", List.of(account, how), deadline));
    }

    /** An account with its data, if there is one. */
    Optional<JsonObject> account(String address) throws RpcFailure {
        Map<String, Object> how = new LinkedHashMap<>(FINAL);
        how.put("encoding", "base64");
        Object result = node.ask("getAccountInfo", List.of(address, how), deadline);
        Object value = SolanaText.object(result).members().get("value");
        return value == null ? Optional.empty() : Optional.of(SolanaText.object(value));
    }

    long finalSlot() throws RpcFailure {
        return SolanaText.number(node.ask("getSlot", List.of(FINAL), deadline));
    }

    /** The first slot of which the node has kept anything. */
    long firstSlot() throws RpcFailure {
        return SolanaText.number(node.ask("getFirstAvailableBlock", List.of(), deadline));
    }

    Instant timeOf(long slot) throws RpcFailure {
        return SolanaText.time(node.ask("getBlockTime", List.of(slot), deadline));
    }

    /** Whether a transaction with this blockhash could still be part of a block after a final slot, or of a later one. */
    boolean isGood(String blockhash, long slot) throws RpcFailure {
        Map<String, Object> how = new LinkedHashMap<>(FINAL);
        how.put("minContextSlot", slot);
        Object result = node.ask("isBlockhashValid", List.of(blockhash, how), deadline);
        if (!(SolanaText.object(result).members().get("value") instanceof Boolean good))
            throw new RpcFailure("bad_answer");
        return good;
    }

    /** Whether the node knows of a transaction, however fresh or old. */
    boolean isKnown(String signature) throws RpcFailure {
        Map<String, Object> how = Map.of("searchTransactionHistory", true);
        Object result = node.ask("getSignatureStatuses", List.of(List.of(signature), how), deadline);
        JsonObject statuses = SolanaText.object(result);
        // The reader of JSON leaves nulls out: an empty list says that nothing is known.
        if (!(statuses.members().get("value") instanceof List<?> one) || one.size() > 1)
            throw new RpcFailure("bad_answer");
        return one.size() == 1;
    }
}
