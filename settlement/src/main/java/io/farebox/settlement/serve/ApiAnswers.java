package io.farebox.settlement.serve;

import io.farebox.chain.own.OwnFacilitator;
import io.farebox.x402.Network;
import io.farebox.x402.SettleResponse;
import io.farebox.x402.VerifyResponse;
import io.farebox.x402.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a facilitator's answers. Immutable. */
final class ApiAnswers {
    private final Map<Network, String> names = new HashMap<>();

    ApiAnswers(Map<String, Network> v1Names) {
        v1Names.forEach((name, network) -> names.put(network, name));
    }

    String verified(VerifyResponse answer) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("isValid", answer.isValid());
        if (answer.invalidReason() != null) out.put("invalidReason", answer.invalidReason());
        if (answer.payer() != null) out.put("payer", answer.payer());
        return Json.write(out);
    }

    /** @param version of the request, whose names the answer uses */
    String settled(SettleResponse answer, int version) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("success", answer.success());
        if (answer.errorReason() != null) out.put("errorReason", answer.errorReason());
        if (answer.payer() != null) out.put("payer", answer.payer());
        out.put("transaction", answer.transaction());
        Network network = answer.network();
        String caip2 = network == null ? "" : network.caip2();
        out.put("network", version == 1 && network != null ? names.getOrDefault(network, caip2) : caip2);
        return Json.write(out);
    }

    String supported(OwnFacilitator facilitator) {
        List<Map<String, Object>> kinds = new ArrayList<>();
        facilitator.networks().stream().map(Network::caip2).sorted().forEach(caip2 -> {
            kinds.add(Map.of("x402Version", 2, "scheme", "exact", "network", caip2));
            String name = names.get(new Network(caip2));
            if (name != null) kinds.add(Map.of("x402Version", 1, "scheme", "exact", "network", name));
        });
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("kinds", kinds);
        out.put("extensions", List.of());
        out.put("signers", Map.of("eip155:*", List.of(facilitator.account())));
        return Json.write(out);
    }

    String error(String reason) {
        return Json.write(Map.of("error", reason));
    }
}
