package io.farebox.ledger.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** An open connection to a Redis, or to all masters of a cluster. It comes back by itself. Thread-safe. */
interface RedisWay {
    /** Commands are sent in the order in which they are asked for, those of different slots apart. */
    RedisScriptingAsyncCommands<String, String> scripts();

    /** Names the server that holds a slot, as far as is known; empty if there is only one, or none. */
    String server(int slot);

    /**
     * What each server tells of itself, by what messages call it.
     *
     * @throws io.farebox.gate.BookUnavailableException if not all of them are known
     */
    Map<String, RedisFuture<String>> infos();

    CompletableFuture<Void> closeAsync();
}
