package io.farebox.interop;

import io.farebox.x402.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a facilitator says in {@code /supported}. */
final class Supported {
    /** The address of the key that {@code svm-payment.mjs} takes for the fee payer. */
    static final String FEE_PAYER = "9hSR6S7WPtxmTojgo6GG3k4yDPecgJY292j7xrsUGWBu";

    static final String SOLANA = "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp";
    static final String SOLANA_DEVNET = "solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1";

    /** PayAI's twelve, by their names in version 1. */
    static final Map<String, String> PAYAI = payai();

    private Supported() {}

    private static Map<String, String> payai() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("solana", SOLANA);
        names.put("solana-devnet", SOLANA_DEVNET);
        names.put("base", "eip155:8453");
        names.put("base-sepolia", "eip155:84532");
        names.put("polygon", "eip155:137");
        names.put("polygon-amoy", "eip155:80002");
        names.put("avalanche", "eip155:43114");
        names.put("avalanche-fuji", "eip155:43113");
        names.put("sei", "eip155:1329");
        names.put("sei-testnet", "eip155:1328");
        names.put("iotex", "eip155:4689");
        names.put("peaq", "eip155:3338");
        return names;
    }

    /** Both versions on all twelve. */
    static String everything() {
        List<Object> kinds = new ArrayList<>();
        PAYAI.forEach((v1, caip2) -> {
            kinds.add(kind(1, v1));
            kinds.add(kind(2, caip2));
        });
        return Json.write(Map.of("kinds", kinds, "extensions", List.of(), "signers", Map.of()));
    }

    private static Map<String, Object> kind(int version, String network) {
        Map<String, Object> kind =
                new LinkedHashMap<>(Map.of("x402Version", version, "scheme", "exact", "network", network));
        if (network.startsWith("solana")) kind.put("extra", Map.of("feePayer", FEE_PAYER));
        return kind;
    }
}
