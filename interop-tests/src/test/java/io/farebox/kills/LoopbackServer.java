package io.farebox.kills;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * HTTP/1.1 with keep-alive on a port of loopback, one virtual thread a connection. What it says, and when each part of it goes,
 * is its handler's business; a handler that throws ends the connection.
 */
final class LoopbackServer implements AutoCloseable {
    /** @param headers by name, case ignored */
    record Asked(String method, String target, Map<String, String> headers, String body) {}

    @FunctionalInterface
    interface Handler {
        void answer(Asked asked, Reply reply) throws IOException;
    }

    /** One answer, whole or part by part. */
    static final class Reply {
        private final OutputStream out;

        private Reply(OutputStream out) {
            this.out = out;
        }

        void json(String body) throws IOException {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            var whole = new ByteArrayOutputStream();
            whole.writeBytes(ascii("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                    + bytes.length + "\r\n\r\n"));
            whole.writeBytes(bytes);
            out.write(whole.toByteArray());
        }

        /** Begins an answer whose parts follow one by one. */
        void begin() throws IOException {
            out.write(ascii("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"));
        }

        void part(byte[] bytes) throws IOException {
            var chunk = new ByteArrayOutputStream();
            chunk.writeBytes(ascii(Integer.toHexString(bytes.length) + "\r\n"));
            chunk.writeBytes(bytes);
            chunk.writeBytes(ascii("\r\n"));
            out.write(chunk.toByteArray());
        }

        void end() throws IOException {
            out.write(ascii("0\r\n\r\n"));
        }

        private static byte[] ascii(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
    }

    private final ServerSocket server;
    private final Handler handler;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private LoopbackServer(ServerSocket server, Handler handler) {
        this.server = server;
        this.handler = handler;
    }

    /** @param port 0 for any */
    static LoopbackServer start(int port, Handler handler) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
            LoopbackServer started = new LoopbackServer(socket, handler);
            Thread.ofVirtual().name("loopback-server").start(started::accept);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            Reply reply = new Reply(socket.getOutputStream());
            for (String line = Lines.read(in); line != null; line = Lines.read(in))
                handler.answer(asked(line, in), reply);
        } catch (IOException e) {
            // The other side has gone, perhaps by our own hand.
        } finally {
            open.remove(socket);
        }
    }

    private static Asked asked(String first, InputStream in) throws IOException {
        String[] words = first.split(" ");
        if (words.length != 3) throw new IOException("not HTTP");
        Map<String, String> headers = Lines.headers(in);
        int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Asked(words[0], words[1], headers, body);
    }

    /** Lines of a head. */
    static final class Lines {
        private Lines() {}

        /** Up to the end of the line; null if the connection ended before it. */
        static String read(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder(128);
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) return null;
                if (c != '\r') line.append((char) c);
            }
            return line.toString();
        }

        static Map<String, String> headers(InputStream in) throws IOException {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (String line = read(in); ; line = read(in)) {
                if (line == null) throw new IOException("ends within the head");
                if (line.isEmpty()) return headers;
                int colon = line.indexOf(':');
                headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
