package io.farebox.testkit.solana;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.farebox.testkit.solana.SolanaDraft.Call;
import io.farebox.x402.Base58;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A node of a small cluster on loopback. It runs transfers between its token accounts, and tells of them in the shapes of Solana's
 * JSON-RPC; what it says can be changed, to make it lie. Thread-safe.
 */
public final class StubCluster implements AutoCloseable {
    /** The genesis block of Solana's devnet. */
    public static final String DEVNET = "EtWTRABZaYq6iMfeYKouRu166VU2xqa1wcaWoxPkrZBG";

    private static final List<String> LEVELS = List.of("processed", "confirmed", "finalized");

    /** Answers the parameters of one call: a result, or null for {@code "result":null}. */
    public interface Script {
        @Nullable
        Object answer(List<?> params);
    }

    /** Changes what is told of a transaction: {@code slot}, {@code blockTime}, {@code meta} and so on. */
    public interface Lie {
        void tell(Map<String, @Nullable Object> result, Map<String, @Nullable Object> meta);
    }

    /** Answers a call by hand. */
    public interface Rude {
        void answer(HttpExchange exchange, long id) throws IOException;
    }

    private record Landed(
            String signature, String level, Map<String, @Nullable Object> told, List<String> accounts, String memo) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final TokenAccounts accounts = new TokenAccounts();
    private final Map<String, Landed> landed = new LinkedHashMap<>();
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Map<String, Rude> rude = new ConcurrentHashMap<>();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final String genesis;
    private long slot = 1_000;
    private long firstSlot;
    private Instant firstTime = Instant.EPOCH;
    private Instant headTime = Instant.now();
    private boolean expired;

    private StubCluster(String genesis) {
        this.genesis = genesis;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** A devnet. */
    public static StubCluster start() {
        return new StubCluster(DEVNET);
    }

    /** A cluster with this genesis block. */
    public static StubCluster start(String genesis) {
        return new StubCluster(genesis);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/secret-key";
    }

    /** The methods that were called, in order. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** A new token account. @return its address */
    public synchronized String account(String mint, String owner, long amount) {
        String account = SolanaWallet.create().address();
        accounts.open(account, mint, owner, amount);
        return account;
    }

    /** Makes a token keep a part of each transfer. @param hundredths hundredths of a percent */
    public synchronized void fee(String mint, int hundredths) {
        accounts.fee(mint, hundredths);
    }

    /** Blocks that come, with nothing in them. */
    public synchronized void advance(int slots) {
        slot += slots;
    }

    /** Runs a transaction; it is final. @return its signature */
    public String land(SolanaDraft draft) {
        return land(draft, "finalized", Instant.now());
    }

    /** Runs a transaction. @param level {@code processed}, {@code confirmed} or {@code finalized} */
    public synchronized String land(SolanaDraft draft, String level, Instant at) {
        if (!LEVELS.contains(level)) throw new IllegalArgumentException(level);
        List<String> names = draft.accounts();
        List<Map<String, Object>> before = accounts.told(names);
        boolean done = accounts.run(inOrder(draft));
        Map<String, @Nullable Object> meta = new LinkedHashMap<>();
        meta.put("err", done ? null : Map.of("InstructionError", List.of(0, Map.of("Custom", 1))));
        meta.put("fee", 5000);
        meta.put("innerInstructions", done ? inner(draft, names) : List.of());
        meta.put("preTokenBalances", before);
        meta.put("postTokenBalances", done ? accounts.told(names) : before);
        if (draft.isVersioned())
            meta.put("loadedAddresses", Map.of("writable", draft.lookedUp(), "readonly", List.of()));
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        told.put("slot", ++slot);
        told.put("blockTime", at.getEpochSecond());
        told.put("version", draft.isVersioned() ? 0 : "legacy");
        told.put("transaction", List.of(draft.base64(), "base64"));
        told.put("meta", meta);
        landed.put(draft.signature(), new Landed(draft.signature(), level, told, names, draft.memos()));
        return draft.signature();
    }

    private static List<Call> inOrder(SolanaDraft draft) {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < draft.calls().size(); i++) {
            calls.add(draft.calls().get(i));
            calls.addAll(draft.inner().getOrDefault(i, List.of()));
        }
        return calls;
    }

    private static List<Object> inner(SolanaDraft draft, List<String> names) {
        List<Object> all = new ArrayList<>();
        draft.inner()
                .forEach((index, calls) -> all.add(Map.of(
                        "index",
                        index,
                        "instructions",
                        calls.stream().map(call -> told(call, names)).toList())));
        return all;
    }

    private static Map<String, Object> told(Call call, List<String> names) {
        return Map.of(
                "programIdIndex", names.indexOf(call.program()),
                "accounts", call.accounts().stream().map(names::indexOf).toList(),
                "data", Base58.encode(call.data()),
                "stackHeight", 2);
    }

    /** Brings a transaction to another level. */
    public synchronized void level(String signature, String level) {
        Landed known = landed.get(signature);
        if (known != null)
            landed.put(signature, new Landed(signature, level, known.told(), known.accounts(), known.memo()));
    }

    /** Every blockhash there was is too old now, and its newest final block is of this time. */
    public synchronized void expireAt(Instant head) {
        expired = true;
        headTime = head;
    }

    /** Keeps only what happened since this time. */
    public synchronized void keepSince(Instant first) {
        firstSlot = 10;
        firstTime = first;
    }

    /** Forgets a transaction. */
    public synchronized void drop(String signature) {
        landed.remove(signature);
    }

    /** Tells something else of a transaction from now on. */
    @SuppressWarnings("unchecked")
    public synchronized void lie(String signature, Lie lie) {
        Landed known = landed.get(signature);
        if (known == null) throw new IllegalArgumentException("not landed");
        Map<String, @Nullable Object> told = known.told();
        Object meta = told.get("meta");
        if (meta == null) throw new IllegalStateException("told before");
        lie.tell(told, (Map<String, @Nullable Object>) meta);
    }

    public StubCluster on(String method, Script script) {
        scripts.put(method, script);
        return this;
    }

    public StubCluster onRudely(String method, Rude answer) {
        rude.put(method, answer);
        return this;
    }

    /** As it was before {@link #on} and {@link #onRudely}. */
    public void behave() {
        scripts.clear();
        rude.clear();
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
            if (!(call.members().get("params") instanceof List<?> params)) throw new IOException("no params");
            Script script = scripts.get(method);
            Object result = script == null ? answer(method, params) : script.answer(params);
            Map<String, @Nullable Object> reply = new LinkedHashMap<>();
            reply.put("jsonrpc", "2.0");
            reply.put("id", call.integer("id"));
            if (result instanceof RpcError(int code)) reply.put("error", Map.of("code", code, "message", "no"));
            else reply.put("result", result);
            send(exchange, 200, Json.write(reply));
        }
    }

    /** An error instead of a result. */
    public record RpcError(int code) {}

    private synchronized @Nullable Object answer(String method, List<?> params) {
        return switch (method) {
            case "getGenesisHash" -> genesis;
            case "getSlot" -> slot;
            case "getAccountInfo" -> accountInfo(params);
            case "getFirstAvailableBlock" -> firstSlot;
            case "getBlockTime" -> time(params).getEpochSecond();
            case "isBlockhashValid" -> Map.of("context", Map.of("slot", slot), "value", !expired);
            case "getSignaturesForAddress" -> listed(params);
            case "getTransaction" -> transaction(params);
            case "getSignatureStatuses" -> statuses(params);
            default -> new RpcError(-32601);
        };
    }

    /** Every token that there are accounts of has a mint of six decimals. */
    private Object accountInfo(List<?> params) {
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        byte[] data = new byte[82];
        data[44] = 6;
        data[45] = 1;
        value.put("owner", SolanaDraft.TOKEN);
        value.put("data", List.of(Base64.getEncoder().encodeToString(data), "base64"));
        value.put("lamports", 1);
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("context", Map.of("slot", slot));
        result.put("value", accounts.isMint(String.valueOf(params.getFirst())) ? value : null);
        return result;
    }

    private Instant time(List<?> params) {
        return params.getFirst() instanceof Long asked && asked == firstSlot ? firstTime : headTime;
    }

    /** The newest first. */
    private List<Object> listed(List<?> params) {
        Map<?, ?> how = (Map<?, ?>) params.getLast();
        List<Object> all = new ArrayList<>();
        for (Landed each : new ArrayList<>(landed.values()).reversed()) {
            if (each.signature().equals(how.get("before"))) all.clear();
            else if (each.accounts().contains(params.getFirst())
                    && !each.level().equals("processed")) all.add(line(each));
        }
        int most = how.get("limit") instanceof Long limit ? limit.intValue() : 1_000;
        return all.subList(0, Math.min(all.size(), most));
    }

    private static Map<String, @Nullable Object> line(Landed each) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("signature", each.signature());
        line.put("slot", each.told().get("slot"));
        line.put("err", null);
        line.put("memo", each.memo().isEmpty() ? null : each.memo());
        line.put("blockTime", each.told().get("blockTime"));
        return line;
    }

    private @Nullable Object transaction(List<?> params) {
        Landed known = landed.get((String) params.getFirst());
        String asked = params.getLast() instanceof Map<?, ?> how ? String.valueOf(how.get("commitment")) : "finalized";
        if (known == null || LEVELS.indexOf(known.level()) < LEVELS.indexOf(asked)) return null;
        return known.told();
    }

    private Object statuses(List<?> params) {
        String signature = String.valueOf(((List<?>) params.getFirst()).getFirst());
        Landed known = landed.get(signature);
        Map<String, @Nullable Object> status = new LinkedHashMap<>();
        if (known != null) {
            status.put("slot", known.told().get("slot"));
            status.put("err", null);
            status.put("confirmationStatus", known.level());
        }
        List<@Nullable Object> value = Arrays.asList(known == null ? null : status);
        return Map.of("context", Map.of("slot", slot), "value", value);
    }

    /** Sends a whole answer. */
    public static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
