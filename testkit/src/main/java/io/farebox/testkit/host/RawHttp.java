package io.farebox.testkit.host;

import io.farebox.gate.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** HTTP/1.1 by hand, one request a connection: clients tidy targets up and hide what else came over the wire. */
public final class RawHttp implements AutoCloseable {
    private final Socket socket;

    public RawHttp(URI base) throws IOException {
        socket = new Socket(base.getHost(), base.getPort());
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
    }

    /** Sends one request without body and reads all that comes back, until the server closes. */
    public static RawAnswer get(URI base, String target, Header... headers) throws IOException {
        return exchange(base, "GET", target, new byte[0], headers);
    }

    /** Sends one request and reads all that comes back. */
    public static RawAnswer exchange(URI base, String method, String target, byte[] body, Header... headers)
            throws IOException {
        try (RawHttp http = new RawHttp(base)) {
            http.send(method, target, body, List.of(headers));
            return http.readAll();
        }
    }

    public void send(String method, String target, byte[] body, List<Header> headers) throws IOException {
        StringBuilder head = new StringBuilder(method + ' ' + target + " HTTP/1.1\r\nHost: h.example\r\n");
        headers.forEach(header -> head.append(header.name() + ": " + header.value() + "\r\n"));
        if (body.length > 0) head.append("Content-Length: " + body.length + "\r\n");
        boolean keeps = headers.stream().anyMatch(header -> header.name().equals("Connection"));
        head.append(keeps ? "\r\n" : "Connection: close\r\n\r\n");
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        socket.getOutputStream().write(bytes.toByteArray());
    }

    /** Reads until the server closes, or breaks off. */
    public RawAnswer readAll() throws IOException {
        var bytes = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        byte[] part = new byte[8192];
        try {
            for (int n = in.read(part); n >= 0; n = in.read(part)) bytes.write(part, 0, n);
        } catch (SocketException e) {
            return RawAnswer.parse(bytes.toByteArray()).brokenOff(); // reset: what came before it counts
        }
        return RawAnswer.parse(bytes.toByteArray());
    }

    /** Reads at least this many bytes. */
    public String readSome(int least) throws IOException {
        return new String(socket.getInputStream().readNBytes(least), StandardCharsets.ISO_8859_1);
    }

    /** Leaves without a word: the server's next write fails. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
