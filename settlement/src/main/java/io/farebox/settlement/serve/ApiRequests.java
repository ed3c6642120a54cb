package io.farebox.settlement.serve;

import io.farebox.x402.AtomicAmount;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.ResourceInfo;
import io.farebox.x402.SchemePayloads;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonFormatException;
import io.farebox.x402.json.JsonObject;
import io.farebox.x402.v2.V2Codec;
import java.util.Map;

/** Reads what others ask a facilitator, in either wire version (x402 §7). Immutable. */
final class ApiRequests {
    private static final ResourceInfo NO_RESOURCE = new ResourceInfo("", "", "");

    private final Map<String, Network> v1Names;
    private final V2Codec v2 = new V2Codec();

    ApiRequests(Map<String, Network> v1Names) {
        this.v1Names = Map.copyOf(v1Names);
    }

    /** @throws JsonFormatException if it is no such request */
    FacilitatorRequest read(byte[] body) {
        JsonObject json = Json.readObject(body);
        JsonObject payment = json.object("paymentPayload");
        JsonObject terms = json.object("paymentRequirements");
        long version = payment.integer("x402Version");
        if (version == 1) return new FacilitatorRequest(v1Payment(payment), v1Terms(terms), NO_RESOURCE);
        if (version != 2) throw new JsonFormatException("x402Version");
        return new FacilitatorRequest(v2.payment(payment), v2.requirements(terms), NO_RESOURCE);
    }

    private PaymentPayload v1Payment(JsonObject json) {
        Network network = network(json);
        return new PaymentPayload(
                1,
                json.string("scheme"),
                network,
                null,
                SchemePayloads.read(network, json.object("payload")),
                null,
                Map.of());
    }

    private PaymentRequirements v1Terms(JsonObject json) {
        JsonObject extra = json.objectOrNull("extra");
        return new PaymentRequirements(
                json.string("scheme"),
                network(json),
                AtomicAmount.parse(json.string("maxAmountRequired"))
                        .orElseThrow(() -> new JsonFormatException("maxAmountRequired")),
                json.string("asset"),
                json.string("payTo"),
                json.integer("maxTimeoutSeconds"),
                extra == null ? Map.of() : extra.members());
    }

    private Network network(JsonObject json) {
        String name = json.string("network");
        Network known = v1Names.get(name);
        if (known != null) return known;
        if (!Network.isCaip2(name)) throw new JsonFormatException("network");
        return new Network(name);
    }
}
