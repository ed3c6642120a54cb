package io.farebox.chain.lookup;

import io.farebox.x402.Network;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.web3j.protocol.core.Response;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** A node of an EVM chain: exchanges requests for web3j's reply types. Thread-safe. */
final class RpcNode extends ChainNode {
    private static final JsonMapper REPLIES = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    /** A reply whose result is a text. */
    static final class Text extends Response<String> {}

    /** A reply whose result is an object, of which little matters. */
    static final class Members extends Response<Map<String, Object>> {}

    /** @param position of its URL in the configuration, from 1: what messages name instead of the URL */
    RpcNode(Network network, int position, URI url, HttpPosts posts) {
        super(network, position, url, posts);
    }

    @Override
    String reference(Deadline deadline) throws RpcFailure {
        Text reply = ask(Text.class, "eth_chainId", List.of(), deadline);
        return Long.toString(RpcText.quantity(result(reply).getResult()));
    }

    /** A reply without an error. */
    static <T extends Response<?>> T result(T reply) throws RpcFailure {
        if (reply.hasError()) throw new RpcFailure("rpc_error");
        return reply;
    }

    /** A reply to this very request; whether it tells of an error is not looked at. */
    <T extends Response<?>> T ask(Class<T> type, String method, List<Object> params, Deadline deadline)
            throws RpcFailure {
        long id = nextId();
        T reply = read(type, post(id, method, params, deadline));
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
}
