package io.farebox.testkit.host;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server that says what it is told to, octet by octet, on a free port of the loopback: right, wrong, half or nothing. */
public final class WireServer implements Host {
    private final ServerSocket server;
    private final Function<String, @Nullable String> answers;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;

    private WireServer(ServerSocket server, Function<String, @Nullable String> answers) {
        this.server = server;
        this.answers = answers;
        this.acceptor = Thread.ofVirtual().start(this::accept);
    }

    /**
     * Starts one.
     *
     * @param answers from the head of a request to everything that is sent back before closing, one character per octet; null
     *     to say nothing and keep the connection
     */
    public static WireServer start(Function<String, @Nullable String> answers) throws IOException {
        return new WireServer(new ServerSocket(0, 500, InetAddress.getLoopbackAddress()), answers);
    }

    /** A whole answer with a text. */
    public static String page(int status, String text, String... headers) {
        var head = new StringBuilder("HTTP/1.1 " + status + " X\r\n");
        for (String header : headers) head.append(header).append("\r\n");
        return head + "Content-Length: " + text.length() + "\r\n\r\n" + text;
    }

    /** The target of a request. */
    public static String target(String head) {
        String line = head.substring(0, head.indexOf('\r'));
        return line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '));
    }

    @Override
    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    @Override
    public void close() {
        try {
            server.close();
            // The port is free again only when nobody waits at it.
            acceptor.join();
            for (Socket socket : open) socket.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new IllegalStateException("the server does not stop", e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try {
            String answer = answers.apply(head(socket.getInputStream()));
            if (answer == null) return;
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            socket.close();
            open.remove(socket);
        } catch (IOException e) {
            open.remove(socket); // the client has gone
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0 && head.length() < 64 * 1024) {
            int octet = in.read();
            if (octet < 0) throw new IOException("ends within the head");
            head.append((char) octet);
        }
        return head.toString();
    }
}
