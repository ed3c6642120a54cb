package io.farebox.x402;

import io.farebox.x402.SolanaReader.Malformed;
import io.farebox.x402.SolanaTransaction.TransferChecked;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts of a transaction while it is read: signatures, header, accounts, blockhash, instructions, look-up tables. */
final class SolanaMessage {
    private static final Set<String> TOKEN_PROGRAMS =
            Set.of("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA", "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb");
    private static final int TRANSFER_CHECKED = 12;
    private static final int SIGNATURE = 64;
    private static final int KEY = 32;
    private static final int MAX_ACCOUNTS = 256;

    private record Instruction(int program, byte[] accounts, byte[] data) {}

    private final SolanaReader reader;
    private final List<String> accounts = new ArrayList<>();
    private final List<Instruction> instructions = new ArrayList<>();
    private int signers;

    private SolanaMessage(SolanaReader reader) {
        this.reader = reader;
    }

    static Optional<SolanaTransaction> read(byte[] transaction) {
        try {
            var reader = new SolanaReader(transaction);
            int signatures = reader.readLength();
            reader.readBytes(signatures * SIGNATURE);
            byte[] bytes = Arrays.copyOfRange(transaction, reader.position(), transaction.length);
            var message = new SolanaMessage(reader);
            message.read(signatures);
            return Optional.of(message.summary(SolanaTransaction.hash(bytes)));
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    private void read(int signatures) throws Malformed {
        boolean versioned = reader.peek() >= 0x80;
        require(!versioned || reader.readByte() == 0x80);
        signers = reader.readByte();
        int readonlySigners = reader.readByte();
        int readonlyOthers = reader.readByte();
        int keys = reader.readLength();
        // The fee payer signs and is written to, so the first account is neither read-only nor unsigned.
        require(signers == signatures && readonlySigners < signers && signers + readonlyOthers <= keys);
        for (int i = 0; i < keys; i++) accounts.add(Base58.encode(reader.readBytes(KEY)));
        reader.readBytes(KEY);
        for (int left = reader.readLength(); left > 0; left--) {
            instructions.add(new Instruction(reader.readByte(), reader.readArray(), reader.readArray()));
        }
        int lookedUp = versioned ? readLookUpTables() : 0;
        require(reader.atEnd() && keys + lookedUp <= MAX_ACCOUNTS);
        for (Instruction instruction : instructions) check(instruction, keys + lookedUp);
    }

    /** How many accounts come from tables. */
    private int readLookUpTables() throws Malformed {
        int lookedUp = 0;
        for (int left = reader.readLength(); left > 0; left--) {
            reader.readBytes(KEY);
            lookedUp += reader.readArray().length + reader.readArray().length;
        }
        return lookedUp;
    }

    private void check(Instruction instruction, int total) throws Malformed {
        // A program is named in the transaction itself, and the fee payer is none.
        require(instruction.program > 0 && instruction.program < accounts.size());
        for (byte account : instruction.accounts) require((account & 0xff) < total);
    }

    private static void require(boolean condition) throws Malformed {
        if (!condition) throw new Malformed();
    }

    private SolanaTransaction summary(String hash) {
        List<TransferChecked> transfers = new ArrayList<>();
        for (Instruction instruction : instructions) {
            TransferChecked transfer = transfer(instruction);
            if (transfer != null) transfers.add(transfer);
        }
        return new SolanaTransaction(
                hash, accounts.getFirst(), accounts.subList(0, signers), instructions.size(), transfers);
    }

    private @Nullable TransferChecked transfer(Instruction instruction) {
        String program = accounts.get(instruction.program);
        byte[] data = instruction.data;
        byte[] used = instruction.accounts;
        if (!TOKEN_PROGRAMS.contains(program) || data.length != 10 || data[0] != TRANSFER_CHECKED) return null;
        if (used.length < 4) return null;
        for (int i = 0; i < 4; i++) if ((used[i] & 0xff) >= accounts.size()) return null;
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
        return accounts.get(index & 0xff);
    }

    /** Eight bytes, lowest first, without sign. */
    private static BigInteger amount(byte[] data) {
        byte[] digits = new byte[8];
        for (int i = 0; i < digits.length; i++) digits[digits.length - 1 - i] = data[1 + i];
        return new BigInteger(1, digits);
    }
}
