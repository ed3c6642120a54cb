package io.farebox.chain;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.HexFormat;

/** Addresses of accounts on EVM chains. */
final class EvmAddress {
    static final int LENGTH = 20;

    private EvmAddress() {}

    /** The address of an uncompressed public key: 0x04, 32 bytes x, 32 bytes y. */
    static byte[] ofPublicKey(byte[] uncompressed) {
        byte[] hash = Keccak256.hash(Arrays.copyOfRange(uncompressed, 1, uncompressed.length));
        return Arrays.copyOfRange(hash, hash.length - LENGTH, hash.length);
    }

    /** {@code 0x} and 40 digits, whose letter case carries the checksum of EIP-55. */
    static String checksummed(byte[] address) {
        String digits = HexFormat.of().formatHex(address);
        byte[] hash = Keccak256.hash(digits.getBytes(US_ASCII));
        var text = new StringBuilder("0x");
        for (int i = 0; i < digits.length(); i++) {
            int nibble = hash[i / 2] >> (i % 2 == 0 ? 4 : 0) & 0xf;
            text.append(nibble > 7 ? Character.toUpperCase(digits.charAt(i)) : digits.charAt(i));
        }
        return text.toString();
    }
}
