package io.farebox.chain;

import io.farebox.x402.Base58;
import io.farebox.x402.SolanaParts;
import io.farebox.x402.SolanaTransaction;
import java.util.List;
import java.util.Optional;

/**
 * Tells who signed the transfers of a serialised Solana transaction: the one authority of all of them, if its Ed25519 signature
 * (RFC 8032) over the message is in its slot. It says nothing of amount, payee, mint or life of the transaction.
 */
final class SolanaSigner {
    private static final int KEY = 32;

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
        return slot >= 0 && isSigned(base64, slot, authority) ? Optional.of(authority) : Optional.empty();
    }

    private static boolean isSigned(String base64, int slot, String authority) {
        Optional<byte[]> key = Base58.decode(authority, KEY);
        return SolanaParts.decode(base64)
                .filter(parts -> key.isPresent()
                        && Ed25519.isSigned(key.get(), parts.signatures().get(slot), parts.message()))
                .isPresent();
    }
}
