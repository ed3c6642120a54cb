package io.farebox.x402;

import java.util.Arrays;

/** Reads the wire format piece by piece and never past its end. Not thread-safe. */
final class SolanaReader {
    /** The bytes do not have the form they should. Never leaves this package. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed() {
            super("malformed transaction", null, false, false);
        }
    }

    private final byte[] bytes;
    private int at;

    SolanaReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int position() {
        return at;
    }

    boolean atEnd() {
        return at == bytes.length;
    }

    int peek() throws Malformed {
        if (atEnd()) throw new Malformed();
        return bytes[at] & 0xff;
    }

    int readByte() throws Malformed {
        int value = peek();
        at++;
        return value;
    }

    byte[] readBytes(int length) throws Malformed {
        if (length > bytes.length - at) throw new Malformed();
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    /** A length of one to three bytes, seven bits each, lowest first, in its shortest spelling, below 65536. */
    int readLength() throws Malformed {
        int value = 0;
        for (int shift = 0; shift <= 14; shift += 7) {
            int next = readByte();
            value |= (next & 0x7f) << shift;
            if (next < 0x80) {
                if (next == 0 && shift > 0 || value > 0xffff) throw new Malformed();
                return value;
            }
        }
        throw new Malformed();
    }

    byte[] readArray() throws Malformed {
        return readBytes(readLength());
    }
}
