package io.farebox.chain;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.List;
import org.bouncycastle.util.BigIntegers;

/** Recursive length prefixes, the encoding of transactions: bytes, numbers and lists of what is encoded already. */
final class Rlp {
    private static final int BYTES = 0x80;
    private static final int LIST = 0xc0;
    private static final int SHORT = 55;

    private Rlp() {}

    static byte[] bytes(byte[] value) {
        boolean itself = value.length == 1 && value[0] >= 0;
        return itself ? value : prefixed(BYTES, value);
    }

    /** Without leading zeros; 0 is empty. */
    static byte[] number(BigInteger value) {
        return bytes(value.signum() == 0 ? new byte[0] : BigIntegers.asUnsignedByteArray(value));
    }

    static byte[] number(long value) {
        return number(BigInteger.valueOf(value));
    }

    static byte[] list(List<byte[]> encoded) {
        var all = new ByteArrayOutputStream();
        encoded.forEach(all::writeBytes);
        return prefixed(LIST, all.toByteArray());
    }

    private static byte[] prefixed(int kind, byte[] value) {
        var all = new ByteArrayOutputStream(value.length + 9);
        if (value.length <= SHORT) all.write(kind + value.length);
        else {
            byte[] length = BigIntegers.asUnsignedByteArray(BigInteger.valueOf(value.length));
            all.write(kind + SHORT + length.length);
            all.writeBytes(length);
        }
        all.writeBytes(value);
        return all.toByteArray();
    }
}
