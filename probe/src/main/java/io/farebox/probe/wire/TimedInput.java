package io.farebox.probe.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Reads from a socket until a deadline for everything: a server that sends an octet now and then does not hold us up. */
final class TimedInput {
    private final Socket socket;
    private final InputStream in;
    private final long deadline;
    private final byte[] buffer = new byte[8192];
    private int at;
    private int end;

    /** @param deadline of {@link System#nanoTime} */
    TimedInput(Socket socket, long deadline) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.deadline = deadline;
    }

    /** The next octet; -1 at the end. */
    int read() throws IOException {
        if (at == end && !fill()) return -1;
        return buffer[at++] & 0xFF;
    }

    private boolean fill() throws IOException {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) throw new SocketTimeoutException("no whole answer in time");
        socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
        at = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }
}
