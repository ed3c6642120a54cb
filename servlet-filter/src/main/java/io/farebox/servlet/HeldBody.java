package io.farebox.servlet;

import java.util.Arrays;

/** The first bytes of an answer, held while nobody has paid for them. Not thread-safe. */
final class HeldBody {
    /** What is held at most before settlement is asked for; a single write of a non-blocking resource may go beyond. */
    static final int LIMIT = 16 * 1024;

    private byte[] bytes = new byte[1024];
    private int size;

    boolean hasRoomFor(int length) {
        return size + length <= LIMIT;
    }

    int size() {
        return size;
    }

    void add(byte[] source, int offset, int length) {
        if (size + length > bytes.length) bytes = Arrays.copyOf(bytes, Math.max(size + length, bytes.length * 2));
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    void clear() {
        size = 0;
    }

    /** Hands the bytes over and forgets them. */
    byte[] take() {
        byte[] taken = Arrays.copyOf(bytes, size);
        bytes = new byte[0];
        size = 0;
        return taken;
    }
}
