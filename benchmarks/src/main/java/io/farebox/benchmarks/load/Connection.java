package io.farebox.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One kept-alive connection to loopback, and just enough HTTP for answers that tell their length. */
final class Connection implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    /** The head of an answer; names are in lower case. */
    record Head(int status, Map<String, String> headers) {
        long length() {
            String length = headers.get("content-length");
            if (length == null) throw new IllegalStateException("the answer tells no length");
            return Long.parseLong(length);
        }
    }

    private final Socket socket;
    private final InputStream in;

    Connection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(Integer.getInteger("load.timeout", 120_000));
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    }

    static byte[] get(String path, String... moreLines) {
        String more = moreLines.length == 0 ? "" : String.join("\r\n", moreLines) + "\r\n";
        String text =
                "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\nUser-Agent: load\r\n" + more + "\r\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Sends a request and reads the whole answer, which must have this status. */
    void exchange(byte[] request, int status) throws IOException {
        Head head = send(request);
        if (head.status() == status) in.skipNBytes(head.length());
        else throw new IOException(head + " " + new String(in.readNBytes((int) head.length()), StandardCharsets.UTF_8));
    }

    /** Sends a request and reads the head of the answer; its body comes next on {@link #body}. */
    Head send(byte[] request) throws IOException {
        write(request);
        return head();
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Reads the head of an answer. */
    Head head() throws IOException {
        String status = line();
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Head(Integer.parseInt(status.split(" ")[1]), headers);
    }

    InputStream body() {
        return in;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(128);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) throw new EOFException("the server has closed the connection");
            if (c != '\r') line.append((char) c);
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
