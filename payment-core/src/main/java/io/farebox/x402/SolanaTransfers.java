package io.farebox.x402;

import io.farebox.x402.SolanaParts.Instruction;
import io.farebox.x402.SolanaTransaction.TransferChecked;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the transfers of tokens among the instructions of a transaction, as far as it names their accounts itself. */
final class SolanaTransfers {
    private static final Set<String> TOKEN_PROGRAMS =
            Set.of("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA", "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb");
    private static final int TRANSFER_CHECKED = 12;

    private final SolanaParts parts;

    SolanaTransfers(SolanaParts parts) {
        this.parts = parts;
    }

    SolanaTransaction summary() {
        List<TransferChecked> transfers = new ArrayList<>();
        for (Instruction instruction : parts.instructions()) {
            TransferChecked transfer = transfer(instruction);
            if (transfer != null) transfers.add(transfer);
        }
        return new SolanaTransaction(
                parts.messageHash(),
                parts.accounts().getFirst(),
                parts.accounts().subList(0, parts.signers()),
                parts.instructions().size(),
                transfers);
    }

    private @Nullable TransferChecked transfer(Instruction instruction) {
        String program = parts.accounts().get(instruction.program());
        byte[] data = instruction.data();
        byte[] used = instruction.accounts();
        if (!TOKEN_PROGRAMS.contains(program) || data.length != 10 || data[0] != TRANSFER_CHECKED) return null;
        if (used.length < 4) return null;
        for (int i = 0; i < 4; i++) if ((used[i] & 0xff) >= parts.accounts().size()) return null;
        return new TransferChecked(
                program,
                account(used[0]),
                account(used[1]),
                account(used[2]),
                account(used[3]),
                amount(data),
                data[9] & 0xff);
    }

    private String account(byte index) {
        return parts.accounts().get(index & 0xff);
    }

    /** Eight bytes, lowest first, without sign. */
    private static BigInteger amount(byte[] data) {
        byte[] digits = new byte[8];
        for (int i = 0; i < digits.length; i++) digits[digits.length - 1 - i] = data[1 + i];
        return new BigInteger(1, digits);
    }
}
