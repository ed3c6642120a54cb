package io.farebox.chain.lookup;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A JSON-RPC node on loopback that says what it was told to say. A method without a script is an error of the test. */
final class StubNode implements AutoCloseable {
    /** Answers the parameters of one call: a result, or null for {@code "result":null}. */
    interface Script {
        Object answer(List<?> params);
    }

    /** Answers a call by hand. */
    interface Rude {
        void answer(HttpExchange exchange, long id) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Script> scripts = new HashMap<>();
    private final Map<String, Rude> rude = new HashMap<>();
    final Queue<String> asked = new ConcurrentLinkedQueue<>();
    final CountDownLatch stopped = new CountDownLatch(1);

    StubNode() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/secret-key";
    }

    StubNode on(String method, Script script) {
        rude.remove(method);
        scripts.put(method, script);
        return this;
    }

    StubNode onRudely(String method, Rude answer) {
        rude.put(method, answer);
        return this;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonObject call = Json.readObject(exchange.getRequestBody().readAllBytes());
            String method = call.string("method");
            asked.add(method);
            Rude own = rude.get(method);
            if (own != null) {
                own.answer(exchange, call.integer("id"));
                return;
            }
            Script script = scripts.get(method);
            Map<String, Object> reply = new LinkedHashMap<>();
            reply.put("jsonrpc", "2.0");
            reply.put("id", call.integer("id"));
            if (script == null) reply.put("error", Map.of("code", -32601L, "message", "unscripted " + method));
            else answer(reply, script.answer((List<?>) call.members().get("params")));
            send(exchange, 200, text(reply));
        }
    }

    /** An error is told from a result by its type. */
    record RpcError(int code) {}

    private static void answer(Map<String, Object> reply, Object answer) {
        if (answer instanceof RpcError(int code)) reply.put("error", Map.of("code", (long) code, "message", "no"));
        else reply.put("result", answer);
    }

    private static String text(Map<String, Object> reply) {
        if (reply.containsKey("error") || reply.get("result") != null) return Json.write(reply);
        return "{\"jsonrpc\":\"2.0\",\"id\":" + reply.get("id") + ",\"result\":null}";
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Keeps the caller waiting until the test is over. */
    void hang() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopped.countDown();
        server.stop(0);
        threads.close();
    }
}
