package io.farebox.chain.lookup;

import io.farebox.x402.json.JsonObject;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What token accounts held before a transaction or after it, by the position of the account. Immutable. */
record SolanaHoldings(Map<Integer, Holding> byAccount) {
    /** @param owner whose account it is; null if the node does not tell */
    record Holding(String mint, @Nullable String owner, BigInteger amount) {}

    SolanaHoldings {
        byAccount = Map.copyOf(byAccount);
    }

    static SolanaHoldings of(@Nullable Object told, int accounts) throws RpcFailure {
        Map<Integer, Holding> holdings = new TreeMap<>();
        for (JsonObject each : SolanaText.objects(told)) {
            int account = SolanaText.index(each.members().get("accountIndex"), accounts);
            Object owner = each.members().get("owner");
            JsonObject amount = SolanaText.object(each.members().get("uiTokenAmount"));
            var holding = new Holding(
                    SolanaText.address(each.members().get("mint")),
                    owner == null ? null : SolanaText.address(owner),
                    SolanaText.amount(amount.members().get("amount")));
            if (holdings.putIfAbsent(account, holding) != null) throw new RpcFailure("bad_answer");
        }
        return new SolanaHoldings(holdings);
    }

    @Nullable
    Holding at(int account) {
        return byAccount.get(account);
    }
}
