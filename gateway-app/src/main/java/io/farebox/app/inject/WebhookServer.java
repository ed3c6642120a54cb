package io.farebox.app.inject;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/**
 * Serves the webhook over TLS: {@code POST /inject}, and {@code GET /healthz} for probes. Bodies are bounded, and so is how many are
 * answered at once; what is beyond gets 503, and the cluster does what its {@code failurePolicy} says.
 */
public final class WebhookServer implements AutoCloseable {
    /** An object has at most 1.5 MiB, and a review may hold an older one too. */
    private static final int LARGEST = 4 * 1024 * 1024;

    private static final int AT_ONCE = 6;
    private static final int PATIENCE = 2;

    private final HttpsServer server;
    private final Admission admission;
    private final Consumer<String> log;
    private final Semaphore room = new Semaphore(AT_ONCE);

    private WebhookServer(HttpsServer server, Admission admission, Consumer<String> log) {
        this.server = server;
        this.admission = admission;
        this.log = log;
    }

    /**
     * Starts it.
     *
     * @param address where to listen; port 0 is any free one
     * @param certificate PEM, read again when it changes, as is the key
     * @param log takes a line per answer
     * @throws InjectException if it cannot be started; the message says why
     */
    public static WebhookServer start(
            InetSocketAddress address, Path certificate, Path key, Admission admission, Consumer<String> log) {
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(new KeyManager[] {new RenewedKey(certificate, key, InstantSource.system())}, null, null);
            HttpsServer server = HttpsServer.create(address, 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls));
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            WebhookServer webhook = new WebhookServer(server, admission, log);
            server.createContext(
                    "/healthz",
                    exchange -> answer(exchange, 200, "text/plain", "ok".getBytes(StandardCharsets.US_ASCII)));
            server.createContext("/inject", webhook::inject);
            server.start();
            return webhook;
        } catch (IOException e) {
            throw new InjectException(
                    "The webhook cannot listen on port " + address.getPort() + ": it is taken, or not allowed.");
        } catch (GeneralSecurityException e) {
            throw new InjectException("This Java cannot do TLS.");
        }
    }

    /** The port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void inject(HttpExchange exchange) throws IOException {
        if (!hasRoom()) {
            refuse(exchange, 503, "Too much is asked at once.");
            return;
        }
        try {
            review(exchange);
        } finally {
            room.release();
        }
    }

    private boolean hasRoom() {
        try {
            return room.tryAcquire(PATIENCE, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void review(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            refuse(exchange, 405, "Use POST.");
            return;
        }
        byte[] body;
        try (InputStream in = exchange.getRequestBody()) {
            body = in.readNBytes(LARGEST + 1);
        }
        if (body.length > LARGEST) {
            refuse(exchange, 413, "A review has at most 4 MiB.");
            return;
        }
        try {
            Admission.Answer answer = admission.answer(body);
            log.accept(answer.said());
            answer(exchange, 200, "application/json", answer.body());
        } catch (InjectException e) {
            refuse(exchange, 400, String.valueOf(e.getMessage()));
        }
    }

    private static void refuse(HttpExchange exchange, int status, String why) throws IOException {
        answer(exchange, status, "text/plain", why.getBytes(StandardCharsets.US_ASCII));
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Answers what has begun, for a second, and listens no more. */
    @Override
    public void close() {
        server.stop(1);
    }
}
