package io.farebox.chain;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;

/** The order n of the curve's group, and what follows from it for the two halves of a signature. */
final class Secp256k1Order {
    static final BigInteger N = new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
    static final BigInteger HALF = N.shiftRight(1);

    private static final byte[] N_BYTES =
            HexFormat.of().parseHex("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
    private static final byte[] HALF_BYTES =
            HexFormat.of().parseHex("7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0");
    private static final byte[] ZERO = new byte[32];

    private Secp256k1Order() {}

    /** Whether the 32 bytes at the offset are in [1, n − 1]. */
    static boolean isScalar(byte[] bytes, int offset) {
        return compare(bytes, offset, ZERO) > 0 && compare(bytes, offset, N_BYTES) < 0;
    }

    /** Whether the 32 bytes at the offset are at most n / 2: of a signature's two twins, tokens take the low one only. */
    static boolean isLow(byte[] bytes, int offset) {
        return compare(bytes, offset, HALF_BYTES) <= 0;
    }

    private static int compare(byte[] bytes, int offset, byte[] bound) {
        return Arrays.compareUnsigned(bytes, offset, offset + bound.length, bound, 0, bound.length);
    }
}
