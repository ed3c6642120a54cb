package io.farebox.chain.lookup;

import io.farebox.x402.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One look at one token through one node of a Solana cluster. */
final class MintLook {
    private static final Set<String> TOKEN_PROGRAMS = Set.of(SolanaMove.TOKEN, SolanaMove.TOKEN_2022);

    // The layout of a mint: 36 bytes of who may make more, 8 of how many there are, its decimals, whether it is in use.
    private static final int DECIMALS = 44;
    private static final int IN_USE = 45;
    private static final int LENGTH = 82;

    /** Where an account of Token-2022 with extensions says what it is, and what it says of a mint. */
    private static final int KIND = 165;

    private static final int MINT = 1;

    private final SolanaView chain;
    private final String mint;
    private final int decimals;

    MintLook(SolanaView chain, String mint, int decimals) {
        this.chain = chain;
        this.mint = mint;
        this.decimals = decimals;
    }

    /** What is wrong, or null. */
    @Nullable
    String fault() throws RpcFailure {
        Optional<JsonObject> account = chain.account(mint);
        if (account.isEmpty()) return "there is no mint at " + mint;
        String owner = SolanaText.address(account.get().members().get("owner"));
        byte[] data = data(account.get().members().get("data"));
        if (!TOKEN_PROGRAMS.contains(owner) || !isMint(data)) return mint + " is no mint";
        return data[DECIMALS] == decimals
                ? null
                : "it has " + (data[DECIMALS] & 0xff) + " decimals on the chain, and " + decimals + " here";
    }

    private static boolean isMint(byte[] data) {
        boolean kind = data.length == LENGTH || (data.length > KIND && data[KIND] == MINT);
        return kind && data[IN_USE] == 1;
    }

    private static byte[] data(@Nullable Object told) throws RpcFailure {
        List<?> parts = SolanaText.list(told);
        if (parts.size() != 2 || !(parts.getFirst() instanceof String text) || !"base64".equals(parts.getLast()))
            throw new RpcFailure("bad_answer");
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new RpcFailure("bad_answer");
        }
    }
}
