package io.farebox.interop;

import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A real EVM chain on this machine with our token at the place of USDC. */
public final class Chain implements AutoCloseable {
    private static final String BALANCE_OF = "0x70a08231";

    private final Node.Service service;
    private final Map<String, Node.Service> facilitators = new HashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();

    private Chain(Node.Service service) {
        this.service = service;
    }

    public static Chain start(long chainId) {
        Node.prepare();
        return new Chain(Node.service("chain.mjs", Map.of("CHAIN_ID", Long.toString(chainId))));
    }

    /** A chain with a block every so many seconds, instead of one a transaction. */
    public static Chain start(long chainId, int blockTime) {
        Node.prepare();
        return new Chain(Node.service(
                "chain.mjs", Map.of("CHAIN_ID", Long.toString(chainId), "BLOCK_TIME", Integer.toString(blockTime))));
    }

    public String rpc() {
        return service.ready().string("rpc");
    }

    String network() {
        return service.ready().string("network");
    }

    String caip2() {
        return service.ready().string("caip2");
    }

    public String asset() {
        return service.ready().string("asset");
    }

    long chainId() {
        return service.ready().integer("chainId");
    }

    /** An account with 1,000 USDC, 0 to 5. */
    public Account payer(int index) {
        JsonObject account = service.ready().objects("accounts").get(index);
        return new Account(account.string("address"), account.string("privateKey"));
    }

    /** The account for a facilitator inside the server under test. It owns no USDC, and enough coins for gas. */
    public Account own() {
        return payer(7);
    }

    public record Account(String address, String privateKey) {}

    /** Atomic units. */
    public BigInteger balance(String address) {
        String data = BALANCE_OF + "0".repeat(24) + address.substring(2).toLowerCase(java.util.Locale.ROOT);
        String result = call("eth_call", List.of(Map.of("to", asset(), "data", data), "latest"))
                .string("result");
        return new BigInteger(result.substring(2), 16);
    }

    /** Gives tokens to anybody: the test token lets anybody do so. */
    public void mint(String address, BigInteger amount) {
        String data = "0x40c10f19" + "0".repeat(24) + address.substring(2).toLowerCase(java.util.Locale.ROOT)
                + "%064x".formatted(amount);
        send(payer(5).address(), asset(), data);
    }

    /** Sends from one of anvil's accounts, whose keys it has; returns the hash. */
    public String send(String from, String to, String data) {
        return call("eth_sendTransaction", List.of(Map.of("from", from, "to", to, "data", data)))
                .string("result");
    }

    /** The URL of a reference facilitator that settles here, started once; it stops with the chain. */
    String facilitator(String script) {
        Map<String, String> where = Map.of("RPC_URL", rpc(), "CHAIN_ID", Long.toString(chainId()));
        return facilitators
                .computeIfAbsent(script, one -> Node.service(one, where))
                .ready()
                .string("url");
    }

    public JsonObject call(String method, List<Object> params) {
        String body = Json.write(Map.of("jsonrpc", "2.0", "id", 1, "method", method, "params", params));
        HttpRequest request = HttpRequest.newBuilder(URI.create(rpc()))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return Json.readObject(
                    http.send(request, BodyHandlers.ofByteArray()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        facilitators.values().forEach(Node.Service::close);
        http.close();
        service.close();
    }
}
