package io.farebox.chain.lookup;

import io.farebox.chain.Ed25519;
import io.farebox.x402.Base58;
import io.farebox.x402.SolanaParts;
import io.farebox.x402.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A transaction that is in a block of a Solana cluster, as a node tells: the transaction itself, which is held against the signature
 * that names it, and what became of it, which only the node's word stands for.
 *
 * @param accounts all that its instructions speak of
 * @param inner what programs called in turn, by the position of the instruction that began it
 */
record SolanaLanded(
        SolanaParts parts,
        long slot,
        Instant time,
        boolean failed,
        List<String> accounts,
        Map<Integer, List<JsonObject>> inner,
        SolanaHoldings before,
        SolanaHoldings after) {
    private static final int KEY = 32;

    /** @throws RpcFailure if it is another transaction than the one that was asked for, or not told whole */
    static SolanaLanded of(JsonObject told, String signature) throws RpcFailure {
        List<?> encoded = SolanaText.list(told.members().get("transaction"));
        if (encoded.size() != 2
                || !(encoded.getFirst() instanceof String base64)
                || !"base64".equals(encoded.getLast())) throw new RpcFailure("bad_answer");
        SolanaParts parts = SolanaParts.decode(base64).orElseThrow(() -> new RpcFailure("bad_answer"));
        if (!isNamed(parts, signature)) throw new RpcFailure("bad_answer");
        JsonObject meta = SolanaText.object(told.members().get("meta"));
        List<String> accounts = accounts(parts, meta);
        return new SolanaLanded(
                parts,
                SolanaText.number(told.members().get("slot")),
                SolanaText.time(told.members().get("blockTime")),
                meta.members().containsKey("err"),
                accounts,
                inner(parts, meta),
                SolanaHoldings.of(meta.members().get("preTokenBalances"), accounts.size()),
                SolanaHoldings.of(meta.members().get("postTokenBalances"), accounts.size()));
    }

    /** A transaction is named by its fee payer's signature; so nobody can show other instructions under that name. */
    private static boolean isNamed(SolanaParts parts, String signature) {
        byte[] first = parts.signatures().getFirst();
        byte[] feePayer = Base58.decode(parts.accounts().getFirst(), KEY).orElseThrow();
        return Base58.encode(first).equals(signature) && Ed25519.isSigned(feePayer, first, parts.message());
    }

    private static List<String> accounts(SolanaParts parts, JsonObject meta) throws RpcFailure {
        List<String> accounts = new ArrayList<>(parts.accounts());
        if (parts.writable() + parts.readonly() == 0) return accounts;
        JsonObject loaded = SolanaText.object(meta.members().get("loadedAddresses"));
        List<String> writable = SolanaText.addresses(loaded.members().get("writable"));
        List<String> readonly = SolanaText.addresses(loaded.members().get("readonly"));
        if (writable.size() != parts.writable() || readonly.size() != parts.readonly())
            throw new RpcFailure("bad_answer");
        accounts.addAll(writable);
        accounts.addAll(readonly);
        return accounts;
    }

    /** A node that has not recorded them says null: another one may have. */
    private static Map<Integer, List<JsonObject>> inner(SolanaParts parts, JsonObject meta) throws RpcFailure {
        Map<Integer, List<JsonObject>> inner = new TreeMap<>();
        for (JsonObject each : SolanaText.objects(meta.members().get("innerInstructions"))) {
            int index = SolanaText.index(
                    each.members().get("index"), parts.instructions().size());
            List<JsonObject> called = SolanaText.objects(each.members().get("instructions"));
            if (inner.putIfAbsent(index, called) != null) throw new RpcFailure("bad_answer");
        }
        return inner;
    }
}
