package io.farebox.kills;

import io.farebox.kills.LoopbackServer.Lines;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One kept-alive connection of a client to loopback. An answer counts only if it is complete. */
final class Wire implements AutoCloseable {
    /** @param headers by name, case ignored */
    record Answer(int status, Map<String, String> headers, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** Hears that the first bytes of a body have come. */
    @FunctionalInterface
    interface FirstBytes {
        void came(int status);
    }

    private static final int PATIENCE_MILLIS = 90_000;

    private final Socket socket;
    private final InputStream in;
    private int received;

    Wire(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
    }

    Answer get(String path, String... lines) throws IOException {
        return get(path, status -> {}, lines);
    }

    /** How many bytes of the body of the last answer came, also when it broke off. */
    int received() {
        return received;
    }

    Answer get(String path, FirstBytes first, String... lines) throws IOException {
        received = 0;
        StringBuilder head = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n");
        for (String line : lines) head.append(line).append("\r\n");
        socket.getOutputStream().write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        String status = Lines.read(in);
        if (status == null) throw new EOFException("no answer");
        Map<String, String> headers = Lines.headers(in);
        int code = Integer.parseInt(status.split(" ")[1]);
        byte[] body = headers.containsKey("Transfer-Encoding") ? chunks(code, first) : plain(headers, code, first);
        return new Answer(code, headers, body);
    }

    private byte[] plain(Map<String, String> headers, int status, FirstBytes first) throws IOException {
        int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        byte[] body = in.readNBytes(length);
        received = body.length;
        if (body.length < length) throw new EOFException("broken off in the body");
        first.came(status);
        return body;
    }

    private byte[] chunks(int status, FirstBytes first) throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            String size = Lines.read(in);
            if (size == null) throw new EOFException("broken off between chunks");
            int length = Integer.parseInt(size, 16);
            byte[] chunk = in.readNBytes(length);
            received += chunk.length;
            if (chunk.length < length || Lines.read(in) == null) throw new EOFException("broken off in a chunk");
            if (length == 0) return body.toByteArray();
            if (body.size() == 0) first.came(status);
            body.writeBytes(chunk);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
