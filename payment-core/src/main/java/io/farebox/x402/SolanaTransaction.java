package io.farebox.x402;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a serialised Solana transaction says: legacy or version 0. Only its form is checked here; no signature, no balance.
 * Addresses are Base58.
 *
 * @param messageHash SHA-256 of the message in lower-case hexadecimal: the payment's identity, because signatures are not
 *     part of the message and so cannot change it
 * @param feePayer who pays the network's fee: the first account
 * @param signers the accounts that must sign, the fee payer first
 * @param instructions how many instructions there are
 * @param transfers the {@code TransferChecked} instructions of both token programs, in order. One that names an account
 *     through a look-up table is left out, because the transaction does not tell which account that is
 */
public record SolanaTransaction(
        String messageHash, String feePayer, List<String> signers, int instructions, List<TransferChecked> transfers) {
    /** The largest transaction that the network carries. */
    public static final int MAX_BYTES = 1232;

    private static final int MAX_TEXT = (MAX_BYTES + 2) / 3 * 4;

    public SolanaTransaction {
        signers = List.copyOf(signers);
        transfers = List.copyOf(transfers);
    }

    /**
     * A transfer of tokens.
     *
     * @param program Token or Token-2022
     * @param source the token account that pays
     * @param destination the token account that is paid, not its owner
     * @param authority who may spend from the source: the payer, or a multisig of its
     * @param amount atomic units
     * @param decimals what the payer takes the mint's decimals to be
     */
    public record TransferChecked(
            String program,
            String source,
            String mint,
            String destination,
            String authority,
            BigInteger amount,
            int decimals) {}

    /** Reads standard Base64 in its one canonical spelling; empty for anything else. Never throws. */
    public static Optional<SolanaTransaction> decode(String base64) {
        return SolanaParts.decode(base64).map(parts -> new SolanaTransfers(parts).summary());
    }

    /** The bytes of canonical Base64, if they are no more than the network carries. */
    static Optional<byte[]> bytes(String base64) {
        if (base64.length() > MAX_TEXT) return Optional.empty();
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        // The decoder lets missing padding and stray last bits through.
        boolean canonical = Base64.getEncoder().encodeToString(bytes).equals(base64);
        return canonical && bytes.length <= MAX_BYTES ? Optional.of(bytes) : Optional.empty();
    }

    static String hash(byte[] message) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(message));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
