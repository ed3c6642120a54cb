package io.farebox.testkit.solana;

import io.farebox.x402.Base58;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;

/** An account with a key of its own. */
public final class SolanaWallet {
    private static final int KEY = 32;

    private final PrivateKey secret;
    private final String address;

    private SolanaWallet(KeyPair pair) {
        this.secret = pair.getPrivate();
        byte[] encoded = pair.getPublic().getEncoded();
        this.address = Base58.encode(Arrays.copyOfRange(encoded, encoded.length - KEY, encoded.length));
    }

    /** A new one. */
    public static SolanaWallet create() {
        try {
            return new SolanaWallet(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In Base58. */
    public String address() {
        return address;
    }

    /** An Ed25519 signature: 64 bytes. */
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(secret);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
