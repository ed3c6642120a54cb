package io.farebox.settlement.http;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A signing key as the Coinbase Developer Platform hands it out.
 *
 * @param algorithm its name in a JWT
 * @param signature its name in the JDK
 */
record CdpKey(String algorithm, String signature, PrivateKey key) {
    private static final String SEC1 = "EC PRIVATE KEY";

    /** What stands before a SEC 1 key in PKCS #8, without the lengths: version 0, id-ecPublicKey with prime256v1. */
    private static final byte[] P256 = HexFormat.of().parseHex("020100301306072a8648ce3d020106082a8648ce3d030107");

    static CdpKey read(String secret) {
        try {
            // A PEM in an environment variable often has its line breaks as two characters.
            String text = secret.replace("\\n", "\n").strip();
            return text.startsWith("-----BEGIN") ? ec(text) : ed25519(text);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the CDP key secret is neither Base64 of an Ed25519 key nor an EC key as PEM; copy it again");
        }
    }

    byte[] sign(byte[] text) {
        try {
            Signature signer = Signature.getInstance(signature);
            signer.initSign(key);
            signer.update(text);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the CDP key does not sign", e);
        }
    }

    private static CdpKey ed25519(String text) throws GeneralSecurityException {
        byte[] bytes = Base64.getDecoder().decode(text);
        // 64 bytes are the seed and then the public key.
        if (bytes.length != 32 && bytes.length != 64) throw new IllegalArgumentException();
        var spec = new EdECPrivateKeySpec(NamedParameterSpec.ED25519, Arrays.copyOf(bytes, 32));
        return new CdpKey("EdDSA", "Ed25519", KeyFactory.getInstance("Ed25519").generatePrivate(spec));
    }

    private static CdpKey ec(String pem) throws GeneralSecurityException {
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        var spec = new PKCS8EncodedKeySpec(pem.contains(SEC1) ? pkcs8(der) : der);
        return new CdpKey(
                "ES256",
                "SHA256withECDSAinP1363Format",
                KeyFactory.getInstance("EC").generatePrivate(spec));
    }

    /** Wraps a SEC 1 key, the form that OpenSSL and the platform write, in the form that the JDK reads. */
    private static byte[] pkcs8(byte[] sec1) {
        byte[] octets = der(0x04, sec1);
        byte[] content = Arrays.copyOf(P256, P256.length + octets.length);
        System.arraycopy(octets, 0, content, P256.length, octets.length);
        return der(0x30, content);
    }

    private static byte[] der(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length >= 256) throw new IllegalArgumentException();
        if (content.length >= 128) out.write(0x81);
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }
}
