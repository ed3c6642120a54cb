package io.farebox.app;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An API behind the gateway that remembers the very bytes of every request's head. Keeps connections; answers as told. */
final class RawUpstream implements AutoCloseable {
    /** What it answers with; may wait, and may break the connection off. */
    @FunctionalInterface
    interface Behaviour {
        String answer(Head head) throws Exception;
    }

    /** The head of a request. */
    record Head(String line, List<String> headers) {
        String target() {
            return line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '));
        }

        /** All values of a header, in order. */
        List<String> all(String name) {
            String start = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream()
                    .filter(header -> header.toLowerCase(Locale.ROOT).startsWith(start))
                    .map(header -> header.substring(start.length()).strip())
                    .toList();
        }
    }

    /** How a client begins that speaks TLS, which we do not. */
    private static final int TLS = 0x16;

    private final ServerSocket server;
    private final BlockingQueue<Head> heads = new LinkedBlockingQueue<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Behaviour behaviour = head -> ok("upstream");

    private RawUpstream(ServerSocket server) {
        this.server = server;
    }

    static RawUpstream start() throws IOException {
        RawUpstream upstream = new RawUpstream(new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(upstream::accept);
        return upstream;
    }

    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    void behave(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    /** The head of the next request, in the order of their arrival. */
    Head next() throws InterruptedException {
        Head head = heads.poll(20, TimeUnit.SECONDS);
        if (head == null) throw new AssertionError("no request came");
        return head;
    }

    /** How many requests came that nobody has looked at. */
    int waiting() {
        return heads.size();
    }

    void forget() {
        heads.clear();
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
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (Head head = read(in); head != null; head = read(in)) {
                for (String length : head.all("Content-Length")) in.skipNBytes(Long.parseLong(length));
                heads.add(head);
                String answer = behaviour.answer(head);
                if (answer.isEmpty()) return;
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                if (!answer.startsWith("HTTP/1.1 200 OK\r\nContent-Length: ")) return;
            }
        } catch (Exception e) {
            // The gateway went away.
        } finally {
            open.remove(socket);
        }
    }

    private static Head read(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        List<String> lines = new ArrayList<>();
        for (int c = in.read(); c >= 0 && c != TLS; c = in.read()) {
            if (c != '\n') {
                bytes.write(c);
                continue;
            }
            String line = bytes.toString(StandardCharsets.ISO_8859_1);
            bytes.reset();
            line = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            if (line.isEmpty()) return new Head(lines.getFirst(), List.copyOf(lines.subList(1, lines.size())));
            lines.add(line);
        }
        return null;
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
