package io.farebox.testkit.facilitator;

import io.farebox.gate.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;

/** Writes answers, proper and improper, to one connection. */
final class Answering {
    private static final int MEGABYTE = 1 << 20;
    private static final int FLOOD_MEGABYTES = 1024;

    private final Socket socket;
    private final AtomicLong written;
    private final CountDownLatch stopped;

    Answering(Socket socket, AtomicLong written, CountDownLatch stopped) {
        this.socket = socket;
        this.written = written;
        this.stopped = stopped;
    }

    void say(int status, List<Header> headers, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head(status, headers, "Content-Length: " + bytes.length));
        out.writeBytes(bytes);
        write(out.toByteArray());
    }

    void json(String body) throws IOException {
        say(200, List.of(new Header("Content-Type", "application/json")), body);
    }

    void drip(String body, Duration interval) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        write(head(200, List.of(), "Content-Length: " + bytes.length));
        for (byte b : bytes) {
            pause(interval);
            write(new byte[] {b});
        }
    }

    void lose(Act.Loss loss) throws IOException {
        switch (loss) {
            case CLOSED -> socket.close();
            case RESET -> reset();
            case HANGS -> hang();
        }
    }

    void flood(Act.Flood.Kind kind) throws IOException {
        switch (kind) {
            case BODY -> {
                write(head(200, List.of(), "Content-Length: " + (long) FLOOD_MEGABYTES * MEGABYTE));
                spaces(FLOOD_MEGABYTES);
            }
            case CHUNKS -> chunks();
            case GZIP -> {
                write(head(200, List.of(new Header("Content-Encoding", "gzip")), "Connection: close"));
                bomb();
                socket.close();
            }
            case HEADERS -> {
                write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
                byte[] line = ("X-Fill: " + "x".repeat(1000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
                for (int i = 0; i < MEGABYTE; i++) write(line);
            }
        }
    }

    private void chunks() throws IOException {
        write(head(200, List.of(), "Transfer-Encoding: chunked"));
        byte[] size = (Integer.toHexString(MEGABYTE) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < FLOOD_MEGABYTES; i++) {
            write(size);
            spaces(1);
            write(new byte[] {'\r', '\n'});
        }
    }

    private void spaces(int megabytes) throws IOException {
        byte[] spaces = new byte[MEGABYTE];
        Arrays.fill(spaces, (byte) ' ');
        for (int i = 0; i < megabytes; i++) write(spaces);
    }

    /** One small member after the other: the format allows it, and it costs no time to make. */
    private void bomb() throws IOException {
        ByteArrayOutputStream member = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(member)) {
            byte[] spaces = new byte[MEGABYTE];
            Arrays.fill(spaces, (byte) ' ');
            out.write(spaces);
        }
        for (int i = 0; i < FLOOD_MEGABYTES; i++) write(member.toByteArray());
    }

    private void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private void hang() throws IOException {
        // Nothing more is sent on this connection, so a read ends when the caller gives up or the stub stops.
        while (socket.getInputStream().read() >= 0) {}
        socket.close();
    }

    private void pause(Duration interval) throws IOException {
        try {
            if (stopped.await(interval.toNanos(), TimeUnit.NANOSECONDS)) throw new IOException("stopped");
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        written.addAndGet(bytes.length);
    }

    private static byte[] head(int status, List<Header> headers, String framing) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Stub\r\n" + framing + "\r\n");
        for (Header header : headers) {
            head.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
