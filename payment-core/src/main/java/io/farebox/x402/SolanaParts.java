package io.farebox.x402;

import java.util.List;
import java.util.Optional;

/**
 * A serialised Solana transaction (legacy or version 0) taken apart. Only its form is checked: no signature, no account.
 *
 * @param signatures 64 bytes each, in the order of the accounts that sign; the first names the transaction on its cluster
 * @param message what is signed
 * @param signers how many of the accounts sign; the first pays the network's fee
 * @param accounts those that are named, in Base58
 * @param writable how many accounts more come from look-up tables to be written to; they follow the named ones
 * @param readonly how many more come from look-up tables to be read; they follow those
 * @param blockhash which gives the transaction its life, or the value of a durable nonce, in Base58
 */
public record SolanaParts(
        List<byte[]> signatures,
        byte[] message,
        int signers,
        List<String> accounts,
        int writable,
        int readonly,
        String blockhash,
        List<Instruction> instructions) {
    public SolanaParts {
        signatures = List.copyOf(signatures);
        accounts = List.copyOf(accounts);
        instructions = List.copyOf(instructions);
    }

    /**
     * One instruction.
     *
     * @param program which account is the program
     * @param accounts which accounts it is given, one in each byte
     */
    public record Instruction(int program, byte[] accounts, byte[] data) {}

    /** Reads standard Base64 in its one canonical spelling; empty for anything else. Never throws. */
    public static Optional<SolanaParts> decode(String base64) {
        return SolanaTransaction.bytes(base64).flatMap(SolanaMessage::read);
    }

    /** SHA-256 of the message in lower-case hexadecimal, which is the payment's identity. */
    public String messageHash() {
        return SolanaTransaction.hash(message);
    }

    /** How many accounts instructions may speak of. */
    public int allAccounts() {
        return accounts.size() + writable + readonly;
    }
}
