package io.farebox.probe.wire;

import io.farebox.gate.Header;
import io.farebox.probe.corpus.Trial;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends requests to one address as they are, each on a connection of its own, and no faster than its pace. Contacts nobody else:
 * no redirect is followed and no proxy used. Thread-safe.
 */
public final class RawClient {
    private final Address address;
    private final Duration timeout;
    private final Pace pace;
    private final List<Header> always;

    /**
     * @param timeout of one exchange, from connecting to the last octet
     * @param always sent with every request; a {@code Host} among them takes the place of the usual one
     */
    public RawClient(Address address, Duration timeout, Pace pace, List<Header> always) {
        this.address = address;
        this.timeout = timeout;
        this.pace = pace;
        this.always = List.copyOf(always);
    }

    public Address address() {
        return address;
    }

    /** Sends a request and reads what comes back. Never throws: whatever goes wrong is a {@link Reply.Silence}. */
    public Reply send(Trial trial) {
        pace.await();
        long deadline = System.nanoTime() + timeout.toNanos();
        try (Socket socket = new Socket()) {
            try {
                socket.setTcpNoDelay(true);
                socket.connect(address.socket(), (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE));
            } catch (IOException e) {
                return silence(Reply.Cause.UNREACHABLE, e);
            }
            socket.setSoTimeout((int) Math.min(timeout.toMillis(), Integer.MAX_VALUE));
            if (!address.tls()) return exchange(socket, trial, deadline);
            try (SSLSocket secure = secured(socket)) {
                return exchange(secure, trial, deadline);
            }
        } catch (SSLException e) {
            return silence(Reply.Cause.TLS, e);
        } catch (SocketTimeoutException e) {
            return silence(Reply.Cause.TIMEOUT, e);
        } catch (IOException e) {
            return silence(Reply.Cause.CLOSED, e);
        }
    }

    private SSLSocket secured(Socket socket) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket secure = (SSLSocket) factory.createSocket(socket, address.name(), address.port(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    private Reply exchange(Socket socket, Trial trial, long deadline) throws IOException {
        try {
            socket.getOutputStream().write(head(trial).getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            boolean bodiless = trial.method().equals("HEAD") || trial.method().equals("CONNECT");
            Reply.Answer answer = new AnswerReader(new TimedInput(socket, deadline)).read(bodiless);
            return answer == null ? new Reply.Silence(Reply.Cause.CLOSED, "closed without an answer") : answer;
        } catch (GarbledException e) {
            return silence(Reply.Cause.GARBLED, e);
        }
    }

    private String head(Trial trial) {
        var head = new StringBuilder();
        head.append(trial.method())
                .append(' ')
                .append(trial.target())
                .append(' ')
                .append(trial.version());
        head.append("\r\n");
        if (trial.named()) line(head, new Header("Host", host()));
        for (Header header : always) if (!header.name().equalsIgnoreCase("Host")) line(head, header);
        trial.headers().forEach(header -> line(head, header));
        if (trial.headers().stream().noneMatch(header -> header.name().equalsIgnoreCase("Connection"))) {
            line(head, new Header("Connection", "close"));
        }
        if (hasBody(trial.method())) line(head, new Header("Content-Length", "0"));
        return head.append("\r\n").toString();
    }

    private String host() {
        for (Header header : always) if (header.name().equalsIgnoreCase("Host")) return header.value();
        return address.authority();
    }

    private static boolean hasBody(String method) {
        return switch (method) {
            case "POST", "PUT", "PATCH" -> true;
            default -> false;
        };
    }

    private static void line(StringBuilder head, Header header) {
        head.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }

    private static Reply silence(Reply.Cause cause, IOException e) {
        return new Reply.Silence(cause, String.valueOf(e.getMessage()));
    }
}
