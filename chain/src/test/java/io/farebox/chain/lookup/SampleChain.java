package io.farebox.chain.lookup;

import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.ResourceInfo;
import io.farebox.x402.SchemePayload;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A chain with a block every two seconds and one payment on it, as a well-behaved node tells of it. Tests change a field to
 * make it another chain, or a lie.
 */
final class SampleChain {
    static final Network NETWORK = new Network("eip155:84532");
    static final String PAYER = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
    static final String PAY_TO = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
    static final String ASSET = "0x036CbD53842c5426634e7929541eC2318f3dCF7e";
    static final String OTHER = "0x90f79bf6eb2c4f870365e785982e1f101e93b906";
    static final String NONCE = "0x" + "AB".repeat(32);
    static final String TRANSACTION = "0x" + "cd".repeat(32);
    static final long AMOUNT = 10_000;
    static final String USED = "0x98de503528ee59b575ef0c0a2576a82497bfc029a5685b209e9ec333479b10a5";
    static final String CANCELED = "0x1cdd46ff242716cdaa72d159d339a485b3438398348d68f09d7c8c0a59353d81";
    static final String TRANSFER = "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
    static final long GENESIS = 1_000_000;

    long chainId = 84532;
    long head = 50_000;

    @Nullable
    Long finalized = 49_000L;

    boolean spent = true;
    long block = 49_990;
    String status = "0x1";
    /** Which of the logs tells of our authorization. */
    int own;

    final List<Map<String, Object>> logs = new ArrayList<>();

    SampleChain() {
        logs.add(log(ASSET, List.of(USED, word(PAYER), NONCE.toLowerCase(java.util.Locale.ROOT)), "0x"));
        logs.add(transfer(ASSET, PAYER, PAY_TO, AMOUNT));
    }

    /** The payment, signed to be valid until the chain's block of that number. */
    static FacilitatorRequest payment(long lastBlock) {
        PaymentRequirements terms = new PaymentRequirements(
                "exact", NETWORK, BigInteger.valueOf(AMOUNT), ASSET, PAY_TO, 120, Map.of("name", "USDC"));
        return request(
                terms,
                new SchemePayload.Eip3009(
                        "0x" + "11".repeat(65),
                        PAYER,
                        PAY_TO,
                        BigInteger.valueOf(AMOUNT),
                        BigInteger.ZERO,
                        BigInteger.valueOf(time(lastBlock)),
                        NONCE));
    }

    static FacilitatorRequest payment() {
        return payment(50_030);
    }

    static FacilitatorRequest request(PaymentRequirements terms, SchemePayload payload) {
        PaymentPayload payment = new PaymentPayload(2, terms.scheme(), terms.network(), terms, payload, null, Map.of());
        return new FacilitatorRequest(payment, terms, new ResourceInfo("https://api.example.com/a", "A", "text/plain"));
    }

    static long time(long block) {
        return GENESIS + 2 * block;
    }

    static String word(String address) {
        return "0x" + "0".repeat(24) + address.substring(2).toLowerCase(java.util.Locale.ROOT);
    }

    static String word(long value) {
        return "0x%064x".formatted(value);
    }

    static String hash(long block) {
        return word(block + 0xb10c_0000_0000L);
    }

    Map<String, Object> transfer(String asset, String from, String to, long value) {
        return log(asset, List.of(TRANSFER, word(from), word(to)), word(value));
    }

    /** A log of the sample's transaction, to be added at the end of its logs. */
    Map<String, Object> log(String address, List<String> topics, String data) {
        Map<String, Object> log = new HashMap<>();
        log.put("address", address);
        log.put("topics", topics);
        log.put("data", data);
        log.put("removed", false);
        log.put("transactionHash", TRANSACTION);
        log.put("transactionIndex", "0x0");
        return log;
    }

    Map<String, Object> receipt() {
        Map<String, Object> receipt = new HashMap<>();
        receipt.put("transactionHash", TRANSACTION);
        receipt.put("blockHash", hash(block));
        receipt.put("blockNumber", hex(block));
        receipt.put("status", status);
        receipt.put("type", "0x2");
        receipt.put("logs", placed());
        return receipt;
    }

    List<Map<String, Object>> placed() {
        for (int i = 0; i < logs.size(); i++) {
            logs.get(i).putIfAbsent("logIndex", hex(7 + i));
            logs.get(i).putIfAbsent("blockHash", hash(block));
            logs.get(i).putIfAbsent("blockNumber", hex(block));
        }
        return logs;
    }

    Map<String, Object> block(long number) {
        return Map.of(
                "number", hex(number),
                "hash", hash(number),
                "timestamp", hex(time(number)),
                "transactions", List.of(TRANSACTION));
    }

    static String hex(long value) {
        return "0x" + HexFormat.of().withUpperCase().toHexDigits(value).replaceFirst("^0+(?=.)", "");
    }

    /** Teaches a node to tell of this chain. */
    StubNode tellBy(StubNode node) {
        node.on("eth_chainId", params -> hex(chainId));
        node.on("eth_getBlockByNumber", params -> {
            String which = (String) params.getFirst();
            if (which.equals("latest")) return block(head);
            if (which.equals("finalized")) {
                return finalized == null ? new StubNode.RpcError(-32602) : block(finalized);
            }
            return number(which) > head ? null : block(number(which));
        });
        node.on("eth_call", params -> number((String) params.get(1)) <= head ? word(spent ? 1 : 0) : null);
        node.on("eth_getLogs", params -> {
            Map<?, ?> filter = (Map<?, ?>) params.getFirst();
            boolean within = number((String) filter.get("fromBlock")) <= block
                    && block <= number((String) filter.get("toBlock"));
            return within && spent ? List.of(placed().get(own)) : List.of();
        });
        node.on("eth_getTransactionReceipt", params -> params.getFirst().equals(TRANSACTION) ? receipt() : null);
        return node;
    }

    static long number(String hex) {
        return HexFormat.fromHexDigitsToLong(hex, 2, hex.length());
    }
}
