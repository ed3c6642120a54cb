package io.farebox.gate;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The text of a token: {@value #PREFIX}, by which scanners for secrets know it, and 32 bytes in Base64-URL without padding: 16 of
 * chance, and 16 of HMAC-SHA256 over them. So a guess is told from a token without asking anybody, and a stranger's guesses reach
 * nothing that could grow. Thread-safe.
 */
final class TokenSeal {
    static final String PREFIX = "farebox_";

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 16;
    private static final int LENGTH = PREFIX.length() + 43;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;

    TokenSeal(GateSettings settings) {
        SecretKeySpec secret = new SecretKeySpec(settings.secret().bytes(), ALGORITHM);
        this.key = new SecretKeySpec(mac(secret, ascii("farebox token 1\n" + settings.publicUrl())), ALGORITHM);
    }

    /** A new token. May wait for chance, so never on an event loop. */
    String mint() {
        byte[] chance = new byte[BYTES];
        random.nextBytes(chance);
        return text(chance);
    }

    /** Whether it was made here, in time that tells nothing of how much of it is right. */
    boolean isGenuine(String token) {
        if (token.length() != LENGTH || !token.startsWith(PREFIX)) return false;
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            return false;
        }
        // Compared as text, so that one token has one spelling.
        return MessageDigest.isEqual(ascii(text(Arrays.copyOf(bytes, BYTES))), ascii(token));
    }

    /** Whether a token of ours stands anywhere in a text. */
    boolean isIn(String text) {
        for (int at = text.indexOf(PREFIX); at >= 0; at = text.indexOf(PREFIX, at + 1)) {
            if (at + LENGTH <= text.length() && isGenuine(text.substring(at, at + LENGTH))) return true;
        }
        return false;
    }

    /** What is kept of a token. */
    static String digest(String token) {
        return Digests.sha256(ascii(token));
    }

    private String text(byte[] chance) {
        byte[] whole = Arrays.copyOf(chance, 2 * BYTES);
        System.arraycopy(mac(key, chance), 0, whole, BYTES, BYTES);
        return PREFIX + TEXT.encodeToString(whole);
    }

    private static byte[] mac(SecretKeySpec key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
