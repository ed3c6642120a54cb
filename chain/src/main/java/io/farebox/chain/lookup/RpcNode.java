package io.farebox.chain.lookup;

import io.farebox.x402.Network;
import io.farebox.x402.json.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.web3j.protocol.core.Response;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * One JSON-RPC node: exchanges requests for web3j's reply types, and is asked nothing before it has shown that it serves the
 * right chain. Thread-safe.
 */
final class RpcNode {
    private static final System.Logger LOG = System.getLogger(Web3jLookup.class.getName());

    private static final JsonMapper REPLIES = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private enum Chain {
        UNCHECKED,
        RIGHT,
        WRONG
    }

    /** A reply whose result is a text. */
    static final class Text extends Response<String> {}

    /** A reply whose result is an object, of which little matters. */
    static final class Members extends Response<Map<String, Object>> {}

    private final Network network;
    private final int position;
    private final URI url;
    private final HttpPosts posts;
    private final AtomicReference<Chain> chain = new AtomicReference<>(Chain.UNCHECKED);
    private final AtomicBoolean failing = new AtomicBoolean();
    private final AtomicLong ids = new AtomicLong();

    /** @param position of its URL in the configuration, from 1: what messages name instead of the URL */
    RpcNode(Network network, int position, URI url, HttpPosts posts) {
        this.network = network;
        this.position = position;
        this.url = url;
        this.posts = posts;
    }

    /** Whether it may be asked at all: false once it has named another chain. */
    boolean isOfOurChain(Deadline deadline) throws RpcFailure {
        if (chain.get() == Chain.UNCHECKED) check(ask(Text.class, "eth_chainId", List.of(), deadline));
        return chain.get() == Chain.RIGHT;
    }

    private void check(Text reply) throws RpcFailure {
        long id = RpcText.quantity(result(reply).getResult());
        Chain found = Long.toString(id).equals(network.reference()) ? Chain.RIGHT : Chain.WRONG;
        if (chain.compareAndSet(Chain.UNCHECKED, found) && found == Chain.WRONG) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "networks.{0}.rpc: URL {1} leads to chain {2} and is not asked any more; give a node of {0}, restart",
                    network,
                    position,
                    Long.toString(id));
        }
    }

    /** A reply without an error. */
    static <T extends Response<?>> T result(T reply) throws RpcFailure {
        if (reply.hasError()) throw new RpcFailure("rpc_error");
        return reply;
    }

    /** A reply to this very request; whether it tells of an error is not looked at. */
    <T extends Response<?>> T ask(Class<T> type, String method, List<Object> params, Deadline deadline)
            throws RpcFailure {
        long id = ids.incrementAndGet();
        String json = Json.write(Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", params));
        byte[] body = posts.post(url, json.getBytes(StandardCharsets.US_ASCII), deadline.next());
        T reply = read(type, body);
        if (reply.getId() != id) throw new RpcFailure("bad_answer");
        return reply;
    }

    private static <T> T read(Class<T> type, byte[] body) throws RpcFailure {
        try {
            T reply = REPLIES.readValue(body, type);
            if (reply == null) throw new RpcFailure("bad_answer");
            return reply;
        } catch (JacksonException | ClassCastException e) {
            throw new RpcFailure("bad_answer");
        }
    }

    /** Says once that it fails, until it works again. */
    void failed(String reason) {
        if (failing.compareAndSet(false, true)) {
            LOG.log(System.Logger.Level.WARNING, "networks.{0}.rpc: URL {1} fails: {2}", network, position, reason);
        }
    }

    void worked() {
        failing.set(false);
    }
}
