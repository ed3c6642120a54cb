package io.farebox.chain.lookup;

import io.farebox.x402.AtomicAmount;
import io.farebox.x402.Base58;
import io.farebox.x402.json.JsonObject;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a Solana node says strictly; null stands for what is not there. */
final class SolanaText {
    private static final int KEY = 32;
    private static final int SIGNATURE = 64;

    /** In a thousand years; what is later is no time. */
    private static final long LATEST = 32_000_000_000L;

    private SolanaText() {}

    @SuppressWarnings("unchecked")
    static JsonObject object(@Nullable Object value) throws RpcFailure {
        if (!(value instanceof Map<?, ?> map)) throw new RpcFailure("bad_answer");
        return new JsonObject((Map<String, Object>) map);
    }

    static List<JsonObject> objects(@Nullable Object value) throws RpcFailure {
        List<JsonObject> objects = new ArrayList<>();
        for (Object each : list(value)) objects.add(object(each));
        return objects;
    }

    static List<?> list(@Nullable Object value) throws RpcFailure {
        if (!(value instanceof List<?> list)) throw new RpcFailure("bad_answer");
        return list;
    }

    /** A whole number from 0 to a bound, which is left out. */
    static int index(@Nullable Object value, int bound) throws RpcFailure {
        if (!(value instanceof Long number) || number < 0 || number >= bound) throw new RpcFailure("bad_answer");
        return number.intValue();
    }

    /** A whole number that is not below 0. */
    static long number(@Nullable Object value) throws RpcFailure {
        if (!(value instanceof Long number) || number < 0) throw new RpcFailure("bad_answer");
        return number;
    }

    static String address(@Nullable Object value) throws RpcFailure {
        if (!(value instanceof String text) || Base58.decode(text, KEY).isEmpty()) throw new RpcFailure("bad_answer");
        return text;
    }

    static List<String> addresses(@Nullable Object value) throws RpcFailure {
        List<String> addresses = new ArrayList<>();
        for (Object each : list(value)) addresses.add(address(each));
        return addresses;
    }

    static String signature(@Nullable Object value) throws RpcFailure {
        if (!(value instanceof String text) || Base58.decode(text, SIGNATURE).isEmpty())
            throw new RpcFailure("bad_answer");
        return text;
    }

    /** Seconds since the epoch. */
    static Instant time(@Nullable Object value) throws RpcFailure {
        long seconds = number(value);
        if (seconds > LATEST) throw new RpcFailure("bad_answer");
        return Instant.ofEpochSecond(seconds);
    }

    static BigInteger amount(@Nullable Object value) throws RpcFailure {
        BigInteger amount =
                value instanceof String text ? AtomicAmount.parse(text).orElse(null) : null;
        if (amount == null || amount.bitLength() > Long.SIZE) throw new RpcFailure("bad_answer");
        return amount;
    }
}
