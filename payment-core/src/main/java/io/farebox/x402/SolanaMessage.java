package io.farebox.x402;

import io.farebox.x402.SolanaParts.Instruction;
import io.farebox.x402.SolanaReader.Malformed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads a transaction: signatures, header, accounts, blockhash, instructions, look-up tables. */
final class SolanaMessage {
    private static final int SIGNATURE = 64;
    private static final int KEY = 32;
    private static final int MAX_ACCOUNTS = 256;

    private final SolanaReader reader;
    private final List<byte[]> signatures = new ArrayList<>();
    private final List<String> accounts = new ArrayList<>();
    private final List<Instruction> instructions = new ArrayList<>();
    private int writable;
    private int readonly;

    private SolanaMessage(SolanaReader reader) {
        this.reader = reader;
    }

    static Optional<SolanaParts> read(byte[] transaction) {
        try {
            return Optional.of(new SolanaMessage(new SolanaReader(transaction)).parts(transaction));
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    private SolanaParts parts(byte[] transaction) throws Malformed {
        for (int left = reader.readLength(); left > 0; left--) signatures.add(reader.readBytes(SIGNATURE));
        byte[] message = Arrays.copyOfRange(transaction, reader.position(), transaction.length);
        boolean versioned = reader.peek() >= 0x80;
        require(!versioned || reader.readByte() == 0x80);
        readAccounts();
        String blockhash = Base58.encode(reader.readBytes(KEY));
        for (int left = reader.readLength(); left > 0; left--) {
            instructions.add(new Instruction(reader.readByte(), reader.readArray(), reader.readArray()));
        }
        if (versioned) readLookUpTables();
        int all = accounts.size() + writable + readonly;
        require(reader.atEnd() && all <= MAX_ACCOUNTS);
        for (Instruction instruction : instructions) check(instruction, all);
        return new SolanaParts(
                signatures, message, signatures.size(), accounts, writable, readonly, blockhash, instructions);
    }

    private void readAccounts() throws Malformed {
        int signers = reader.readByte();
        int readonlySigners = reader.readByte();
        int readonlyOthers = reader.readByte();
        int keys = reader.readLength();
        // The fee payer signs and is written to, so the first account is neither read-only nor unsigned.
        require(signers == signatures.size() && readonlySigners < signers && signers + readonlyOthers <= keys);
        for (int i = 0; i < keys; i++) accounts.add(Base58.encode(reader.readBytes(KEY)));
    }

    private void readLookUpTables() throws Malformed {
        for (int left = reader.readLength(); left > 0; left--) {
            reader.readBytes(KEY);
            writable += reader.readArray().length;
            readonly += reader.readArray().length;
        }
    }

    private void check(Instruction instruction, int total) throws Malformed {
        // A program is named in the transaction itself, and the fee payer is none.
        require(instruction.program() > 0 && instruction.program() < accounts.size());
        for (byte account : instruction.accounts()) require((account & 0xff) < total);
    }

    private static void require(boolean condition) throws Malformed {
        if (!condition) throw new Malformed();
    }
}
