package io.farebox.chain;

import org.bouncycastle.crypto.digests.KeccakDigest;

/** The hash of EVM chains: Keccak with 256 bits and the original padding, not the later SHA3-256. Thread-safe. */
public final class Keccak256 {
    private Keccak256() {}

    /** The 32-byte hash of the parts, one after another. */
    public static byte[] hash(byte[]... parts) {
        // A new state a call: cheaper than sharing one between threads, and it leaves nothing behind.
        var keccak = new KeccakDigest(256);
        for (byte[] part : parts) keccak.update(part, 0, part.length);
        byte[] hash = new byte[32];
        keccak.doFinal(hash, 0);
        return hash;
    }
}
