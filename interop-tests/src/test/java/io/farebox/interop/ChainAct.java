package io.farebox.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.farebox.chain.Keccak256;
import io.farebox.x402.SchemePayload;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** What accounts do on a {@link Chain}: plain transactions, contracts at addresses of our choice, blocks. */
final class ChainAct {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Chain chain;

    ChainAct(Chain chain) {
        this.chain = chain;
    }

    /** Puts one of our contracts at an address. */
    String place(String contract, String address) {
        try {
            JsonObject compiled = Json.readObject(Files.readAllBytes(Path.of("target", contract + ".json")));
            ask("anvil_setCode", address, compiled.string("deployedBytecode"));
            return address;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Calldata of a call whose arguments are all words: addresses, numbers, or 32 bytes. */
    static String data(String signature, Object... words) {
        StringBuilder data = new StringBuilder("0x");
        data.append(HexFormat.of().formatHex(Keccak256.hash(signature.getBytes(US_ASCII)), 0, 4));
        for (Object word : words) data.append(word(word));
        return data.toString();
    }

    private static String word(Object word) {
        String digits = word instanceof String hex ? hex.substring(2) : new BigInteger(word.toString()).toString(16);
        return "0".repeat(64 - digits.length()) + digits;
    }

    /** Sends a transaction from an account of anvil's, with enough gas for one that fails; answers its hash. */
    String send(String from, String to, String data) {
        ask("anvil_impersonateAccount", from);
        Map<String, Object> transaction = new HashMap<>();
        transaction.put("from", from);
        transaction.put("to", to);
        transaction.put("data", data);
        transaction.put("gas", "0x7a120");
        return ask("eth_sendTransaction", transaction).string("result");
    }

    /** As {@link #send}, once it is in a block. */
    String mined(String from, String to, String data) {
        String hash = send(from, to, data);
        await(hash);
        return hash;
    }

    void await(String hash) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (ask("eth_getTransactionReceipt", hash).members().get("result") == null) {
            if (System.nanoTime() > end) throw new AssertionError("the transaction was never mined");
            LockSupport.parkNanos(5_000_000);
        }
    }

    String transfer(String from, String token, String to, long value) {
        return mined(from, token, data("transfer(address,uint256)", to, value));
    }

    /** Calldata that has anybody submit what a payer has signed. */
    static String submitted(SchemePayload.Eip3009 p) {
        String signature = p.signature().substring(2);
        return data(
                "transferWithAuthorization(address,address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)",
                p.from(),
                p.to(),
                p.value(),
                p.validAfter(),
                p.validBefore(),
                p.nonce(),
                "0x" + signature.substring(128),
                "0x" + signature.substring(0, 64),
                "0x" + signature.substring(64, 128));
    }

    /** A chain that mines at once may be ahead of the clock. */
    void awaitAge(long seconds) {
        JsonObject latest = ask("eth_getBlockByNumber", "latest", false).object("result");
        long time = Long.parseLong(latest.string("timestamp").substring(2), 16) + seconds;
        long end = System.nanoTime() + 120_000_000_000L;
        while (Instant.now().getEpochSecond() <= time) {
            if (System.nanoTime() > end) throw new AssertionError("the chain's clock is far ahead");
            LockSupport.parkNanos(20_000_000);
        }
    }

    void mine(int blocks) {
        ask("anvil_mine", "0x" + Integer.toHexString(blocks));
    }

    JsonObject ask(String method, Object... params) {
        JsonObject reply = chain.call(method, List.of(params));
        if (reply.members().containsKey("error")) throw new AssertionError(method + ": " + reply);
        return reply;
    }
}
