package io.farebox.settlement.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.farebox.chain.own.OwnFacilitator;
import io.farebox.gate.FacilitatorUnavailableException;
import io.farebox.pricing.ServeConfig;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.Network;
import io.farebox.x402.json.JsonFormatException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Our own facilitator on a port of its own: {@code POST /verify}, {@code POST /settle}, {@code GET /supported}. Answers of the
 * facilitator have status 200, whatever they say; 400 is a request that cannot be read, 401 a missing credential, and 503 that
 * there is no answer, which leaves the outcome of a settle open. Thread-safe.
 */
public final class FacilitatorServer implements AutoCloseable {
    private static final int MOST_BYTES = 64 * 1024;
    private static final int MOST_AT_ONCE = 500;

    /** What is answered. */
    private record Answer(int status, String body) {}

    private final OwnFacilitator facilitator;
    private final ServeConfig config;
    private final ApiRequests requests;
    private final ApiAnswers answers;
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    private FacilitatorServer(
            OwnFacilitator facilitator, ServeConfig config, Map<String, Network> v1Names, HttpServer server) {
        this.facilitator = facilitator;
        this.config = config;
        this.requests = new ApiRequests(v1Names);
        this.answers = new ApiAnswers(v1Names);
        this.server = server;
    }

    /**
     * Listens at once.
     *
     * @param v1Names version 1 names and the networks they stand for
     * @throws IllegalStateException if the port cannot be had; the message says which
     */
    public static FacilitatorServer open(OwnFacilitator facilitator, ServeConfig config, Map<String, Network> v1Names) {
        limitSlowClients();
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(config.address(), config.port()), 0);
            var opened = new FacilitatorServer(facilitator, config, v1Names, server);
            server.setExecutor(opened.threads);
            server.createContext("/", opened::handle);
            server.start();
            return opened;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the facilitator cannot be served on " + config.address() + ":" + config.port()
                            + "; is the port taken? Mend chain.serve",
                    e);
        }
    }

    /** The JDK's server waits for ever otherwise, and for whoever comes. Only what nobody has set; read once in a process. */
    private static void limitSlowClients() {
        setIfAbsent("sun.net.httpserver.maxReqTime", "10");
        setIfAbsent("jdk.httpserver.maxConnections", "1000");
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) System.setProperty(property, value);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = room.tryAcquire() ? answered(exchange) : new Answer(503, answers.error("too_busy"));
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            if (answer.status() == 503) exchange.getResponseHeaders().set("Retry-After", "5");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answered(HttpExchange exchange) throws IOException {
        try {
            return answer(exchange);
        } catch (JsonFormatException | IllegalArgumentException e) {
            return new Answer(400, answers.error("invalid_request"));
        } catch (FacilitatorUnavailableException e) {
            return new Answer(503, answers.error(e.reason()));
        } finally {
            room.release();
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        if (!isAllowed(exchange)) return new Answer(401, answers.error("unauthorized"));
        String call =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        return switch (call) {
            case "GET /supported" -> new Answer(200, answers.supported(facilitator));
            case "POST /verify", "POST /settle" -> asked(exchange, call.endsWith("settle"));
            default -> new Answer(404, answers.error("not_found"));
        };
    }

    private Answer asked(HttpExchange exchange, boolean settle) throws IOException {
        // A page in a browser on this machine cannot send this type without asking first, and is not answered then.
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json"))
            return new Answer(415, answers.error("content_type"));
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) return new Answer(413, answers.error("too_large"));
        FacilitatorRequest request = requests.read(body);
        return new Answer(
                200,
                settle
                        ? answers.settled(
                                facilitator.settle(request), request.payment().version())
                        : answers.verified(facilitator.verify(request)));
    }

    private boolean isAllowed(HttpExchange exchange) {
        if (config.credential() == null) return true;
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        String wanted = "Bearer " + config.credential().reveal();
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
    }

    /** What is under way is answered, within a few seconds. */
    @Override
    public void close() {
        server.stop(5);
        threads.shutdown();
    }
}
