package io.farebox.chain;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Ed25519 signatures (RFC 8032), checked by the Java platform. */
public final class Ed25519 {
    private static final int KEY = 32;

    /** SubjectPublicKeyInfo of an Ed25519 key up to the key itself (RFC 8410). */
    private static final byte[] KEY_INFO = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    /** Whether this is the key's signature of the message. Never throws, whatever the bytes. @param key 32 bytes */
    public static boolean isSigned(byte[] key, byte[] signature, byte[] message) {
        if (key.length != KEY) return false;
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
