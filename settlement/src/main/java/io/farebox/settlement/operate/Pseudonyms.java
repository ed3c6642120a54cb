package io.farebox.settlement.operate;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names that nobody can trace back without the key: addresses are few enough to be tried one by one, so a plain hash would hide
 * nothing. Different texts have different names; one text has the same name as long as the key is the same. Thread-safe.
 */
public final class Pseudonyms {
    /** What every name begins with; no address does. */
    public static final String PREFIX = "erased:";

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** @param secret of this service; the key is derived from it, so that it serves no other purpose */
    public Pseudonyms(byte[] secret) {
        byte[] derived = mac(new SecretKeySpec(secret, ALGORITHM), "farebox pseudonyms");
        this.key = new SecretKeySpec(derived, ALGORITHM);
    }

    /** The name of a text; a name stays as it is. */
    public String of(String text) {
        return text.startsWith(PREFIX) ? text : PREFIX + HexFormat.of().formatHex(mac(key, text));
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
