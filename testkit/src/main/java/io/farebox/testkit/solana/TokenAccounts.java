package io.farebox.testkit.solana;

import io.farebox.testkit.solana.SolanaDraft.Call;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The token accounts of a cluster. Not thread-safe. */
final class TokenAccounts {
    private static final int HUNDRED_PERCENT = 10_000;

    private static final class Holding {
        final String mint;
        final String owner;
        long amount;

        Holding(String mint, String owner, long amount) {
            this.mint = mint;
            this.owner = owner;
            this.amount = amount;
        }
    }

    private record Move(String source, String destination, long amount) {}

    private final Map<String, Holding> holdings = new TreeMap<>();
    private final Map<String, Integer> fees = new TreeMap<>();

    void open(String account, String mint, String owner, long amount) {
        holdings.put(account, new Holding(mint, owner, amount));
    }

    boolean isMint(String address) {
        return holdings.values().stream().anyMatch(each -> each.mint.equals(address));
    }

    void fee(String mint, int hundredths) {
        fees.put(mint, hundredths);
    }

    /** Runs what moves tokens. @return false if an account has too little */
    boolean run(List<Call> calls) {
        for (Call call : calls) {
            Move move = move(call);
            if (move == null) continue;
            Holding from = holdings.get(move.source());
            Holding to = holdings.get(move.destination());
            if (from == null || to == null || from.amount < move.amount()) return false;
            from.amount -= move.amount();
            to.amount += move.amount() - fee(from.mint, move.amount());
        }
        return true;
    }

    private long fee(String mint, long amount) {
        long hundredths = fees.getOrDefault(mint, 0);
        return (amount * hundredths + HUNDRED_PERCENT - 1) / HUNDRED_PERCENT;
    }

    private static @Nullable Move move(Call call) {
        boolean token = List.of(SolanaDraft.TOKEN, SolanaDraft.TOKEN_2022).contains(call.program());
        if (!token) return null;
        List<String> used = call.accounts();
        ByteBuffer data = ByteBuffer.wrap(call.data()).order(ByteOrder.LITTLE_ENDIAN);
        return switch (data.get()) {
            case 3 -> new Move(used.get(0), used.get(1), data.getLong());
            case 12 -> new Move(used.get(0), used.get(2), data.getLong());
            case 26 -> new Move(used.get(0), used.get(2), data.position(2).getLong());
            default -> null;
        };
    }

    /** As nodes tell it of the accounts that a transaction speaks of. */
    List<Map<String, Object>> told(List<String> accounts) {
        return accounts.stream()
                .filter(holdings::containsKey)
                .map(account -> told(accounts.indexOf(account), holdings.get(account)))
                .toList();
    }

    private static Map<String, Object> told(int index, @Nullable Holding holding) {
        Map<String, Object> out = new LinkedHashMap<>();
        if (holding == null) return out;
        out.put("accountIndex", index);
        out.put("mint", holding.mint);
        out.put("owner", holding.owner);
        out.put("programId", SolanaDraft.TOKEN);
        String text = Long.toString(holding.amount);
        out.put("uiTokenAmount", new LinkedHashMap<>(Map.of("amount", text, "decimals", 6, "uiAmountString", text)));
        return out;
    }
}
