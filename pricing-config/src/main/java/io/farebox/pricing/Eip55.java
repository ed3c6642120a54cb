package io.farebox.pricing;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** Addresses of EVM chains and the checksum in their capital letters (EIP-55). */
final class Eip55 {
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{40}");

    private Eip55() {}

    static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }

    /** Whether the letters carry no checksum because they are all small or all capital. */
    static boolean isUnchecked(String address) {
        String digits = address.substring(2);
        return digits.equals(digits.toLowerCase(Locale.ROOT)) || digits.equals(digits.toUpperCase(Locale.ROOT));
    }

    /** The address as it must be spelled. */
    static String checksummed(String address) {
        String digits = address.substring(2).toLowerCase(Locale.ROOT);
        byte[] hash = keccak(digits.getBytes(StandardCharsets.US_ASCII));
        var spelled = new StringBuilder("0x");
        for (int i = 0; i < digits.length(); i++) {
            int nibble = hash[i / 2] >> (i % 2 == 0 ? 4 : 0) & 0xf;
            char c = digits.charAt(i);
            spelled.append(nibble >= 8 ? Character.toUpperCase(c) : c);
        }
        return spelled.toString();
    }

    private static byte[] keccak(byte[] input) {
        var digest = new KeccakDigest(256);
        digest.update(input, 0, input.length);
        byte[] hash = new byte[32];
        digest.doFinal(hash, 0);
        return hash;
    }
}
