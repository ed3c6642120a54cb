package io.farebox.chain;

import java.util.Arrays;

/** A signature as a client sends it, sorted by what can be done with it. Reading it never throws. */
sealed interface EvmSignature {
    /** Longest wrapper worth passing on; those of today's contract wallets stay below 2 KiB. */
    int MAX_BYTES = 8192;

    int PLAIN_BYTES = 65;

    /**
     * A plain account's signature.
     *
     * @param compact r and s, each in [1, n − 1], s in the lower half
     * @param recoveryId 0 or 1: which of two public keys
     */
    record Plain(byte[] compact, int recoveryId) implements EvmSignature {
        /** @throws IllegalArgumentException if it is no such signature; {@link #read} asks first */
        public Plain {
            if (!isPlain(compact, recoveryId)) throw new IllegalArgumentException("not a signature with low s");
        }
    }

    /** Longer than a plain one: for a contract wallet (ERC-1271), or wrapped for one not yet deployed (ERC-6492). */
    record Wrapped() implements EvmSignature {}

    /** No token contract takes it. */
    record Malformed(String reason) implements EvmSignature {}

    /** Sorts a signature given as {@code 0x} and hexadecimal digits. */
    static EvmSignature read(String text) {
        int length = text.length() / 2 - 1;
        if (length > MAX_BYTES || !Hex.isBytes(text)) return new Malformed(SignatureReasons.SIGNATURE);
        if (length == 64) return new Malformed(SignatureReasons.COMPACT_SIGNATURE);
        if (length < PLAIN_BYTES) return new Malformed(SignatureReasons.SIGNATURE);
        return length == PLAIN_BYTES ? plain(text) : new Wrapped();
    }

    private static EvmSignature plain(String text) {
        byte[] bytes = new byte[PLAIN_BYTES];
        Hex.decode(text, bytes, 0);
        byte[] compact = Arrays.copyOf(bytes, 64);
        int recoveryId = recoveryId(bytes[64]);
        return isPlain(compact, recoveryId)
                ? new Plain(compact, recoveryId)
                : new Malformed(SignatureReasons.SIGNATURE);
    }

    private static boolean isPlain(byte[] compact, int recoveryId) {
        return (recoveryId == 0 || recoveryId == 1)
                && Secp256k1Order.isScalar(compact, 0)
                && Secp256k1Order.isScalar(compact, 32)
                && Secp256k1Order.isLow(compact, 32);
    }

    /** Clients write 27 and 28 or, as some libraries do, 0 and 1; −1 for all else. */
    private static int recoveryId(byte v) {
        return switch (v) {
            case 0, 27 -> 0;
            case 1, 28 -> 1;
            default -> -1;
        };
    }
}
