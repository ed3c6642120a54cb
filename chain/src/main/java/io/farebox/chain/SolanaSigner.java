package io.farebox.chain;

import io.farebox.x402.Base58;
import io.farebox.x402.SolanaTransaction;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Tells who signed the transfers of a serialised Solana transaction: the one authority of all of them, if its Ed25519 signature
 * (RFC 8032) over the message is in its slot. It says nothing of amount, payee, mint or life of the transaction.
 */
final class SolanaSigner {
    private static final int SIGNATURE = 64;
    private static final int KEY = 32;
    /** SubjectPublicKeyInfo of an Ed25519 key up to the key itself (RFC 8410). */
    private static final byte[] KEY_INFO = HexFormat.of().parseHex("302a300506032b6570032100");

    private SolanaSigner() {}

    /** Its address in Base58; empty if there is none that certainly signed. Never throws, whatever the text. */
    static Optional<String> of(String base64) {
        Optional<SolanaTransaction> transaction = SolanaTransaction.decode(base64);
        if (transaction.isEmpty()) return Optional.empty();
        List<String> authorities = transaction.get().transfers().stream()
                .map(SolanaTransaction.TransferChecked::authority)
                .distinct()
                .toList();
        if (authorities.size() != 1) return Optional.empty();
        String authority = authorities.getFirst();
        int slot = transaction.get().signers().indexOf(authority);
        int slots = transaction.get().signers().size();
        byte[] bytes = Base64.getDecoder().decode(base64);
        return slot >= 0 && isSigned(bytes, slot, slots, authority) ? Optional.of(authority) : Optional.empty();
    }

    /** The count of signatures takes one byte, since a transaction has no room for 128 of them. */
    private static boolean isSigned(byte[] transaction, int slot, int slots, String authority) {
        int start = 1 + slot * SIGNATURE;
        int message = 1 + slots * SIGNATURE;
        Optional<byte[]> key = Base58.decode(authority, KEY);
        return key.isPresent()
                && isSigned(
                        key.get(),
                        Arrays.copyOfRange(transaction, start, start + SIGNATURE),
                        Arrays.copyOfRange(transaction, message, transaction.length));
    }

    private static boolean isSigned(byte[] key, byte[] signature, byte[] message) {
        try {
            byte[] encoded = Arrays.copyOf(KEY_INFO, KEY_INFO.length + KEY);
            System.arraycopy(key, 0, encoded, KEY_INFO.length, KEY);
            PublicKey publicKey = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(publicKey);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // No point of the curve, or no signature.
            return false;
        }
    }
}
