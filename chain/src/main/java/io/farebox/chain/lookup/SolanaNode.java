package io.farebox.chain.lookup;

import io.farebox.x402.Base58;
import io.farebox.x402.Network;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonFormatException;
import io.farebox.x402.json.JsonObject;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node of a Solana cluster. Thread-safe. */
final class SolanaNode extends ChainNode {
    private static final int HASH = 32;

    /** How much of the genesis block's hash names a cluster (CAIP-2). */
    private static final int REFERENCE = 32;

    /** @param position of its URL in the configuration, from 1: what messages name instead of the URL */
    SolanaNode(Network network, int position, URI url, HttpPosts posts) {
        super(network, position, url, posts);
    }

    @Override
    String reference(Deadline deadline) throws RpcFailure {
        Object hash = ask("getGenesisHash", List.of(), deadline);
        if (!(hash instanceof String text) || Base58.decode(text, HASH).isEmpty()) throw new RpcFailure("bad_answer");
        return text.substring(0, Math.min(text.length(), REFERENCE));
    }

    /** The result of this very request, or null if it is null. Errors are failures. */
    @Nullable
    Object ask(String method, List<?> params, Deadline deadline) throws RpcFailure {
        long id = nextId();
        JsonObject reply = read(post(id, method, params, deadline));
        boolean ours = reply.members().get("id") instanceof Long answered && answered == id;
        if (!ours) throw new RpcFailure("bad_answer");
        if (reply.members().containsKey("error")) throw new RpcFailure("rpc_error");
        return reply.members().get("result");
    }

    private static JsonObject read(byte[] body) throws RpcFailure {
        try {
            return Json.readObject(body);
        } catch (JsonFormatException e) {
            throw new RpcFailure("bad_answer");
        }
    }
}
