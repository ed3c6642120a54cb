package io.farebox.chain.lookup;

import io.farebox.chain.lookup.SolanaCalls.Call;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A transfer between token accounts, as an instruction of one of the two token programs says. Accounts are positions.
 *
 * @param mint null if the instruction does not name it
 * @param amount what is sent, less the fee that the instruction names
 */
record SolanaMove(
        long position, int source, @Nullable Integer mint, int destination, int authority, BigInteger amount) {
    static final String TOKEN = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
    static final String TOKEN_2022 = "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb";
    private static final int TRANSFER = 3;
    private static final int TRANSFER_CHECKED = 12;
    private static final int FEE_EXTENSION = 26;
    private static final int WITH_FEE = 1;

    /** Empty if the call is anything else. A program of another address may say what it likes. */
    static Optional<SolanaMove> of(Call call) {
        boolean token = call.program().equals(TOKEN) || call.program().equals(TOKEN_2022);
        byte[] data = call.data();
        if (!token || data.length < 9) return Optional.empty();
        if (data[0] == TRANSFER && data.length == 9) return plain(call);
        if (data[0] == TRANSFER_CHECKED && data.length == 10) return checked(call, number(data, 1));
        boolean fee = data[0] == FEE_EXTENSION && data[1] == WITH_FEE && data.length == 19;
        return fee ? checked(call, number(data, 2).subtract(number(data, 11))) : Optional.empty();
    }

    private static Optional<SolanaMove> plain(Call call) {
        int[] used = call.accounts();
        return used.length < 3
                ? Optional.empty()
                : Optional.of(new SolanaMove(call.position(), used[0], null, used[1], used[2], number(call.data(), 1)));
    }

    private static Optional<SolanaMove> checked(Call call, BigInteger amount) {
        int[] used = call.accounts();
        return used.length < 4
                ? Optional.empty()
                : Optional.of(new SolanaMove(call.position(), used[0], used[1], used[2], used[3], amount));
    }

    /** Eight bytes, lowest first, without sign. */
    private static BigInteger number(byte[] data, int from) {
        byte[] digits = new byte[8];
        for (int i = 0; i < digits.length; i++) digits[digits.length - 1 - i] = data[from + i];
        return new BigInteger(1, digits);
    }
}
