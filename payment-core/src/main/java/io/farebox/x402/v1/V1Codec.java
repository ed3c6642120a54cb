package io.farebox.x402.v1;

import io.farebox.x402.Discovery;
import io.farebox.x402.FacilitatorRequest;
import io.farebox.x402.HeaderReading;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentPayload;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.ResourceInfo;
import io.farebox.x402.SchemePayloads;
import io.farebox.x402.SettleResponse;
import io.farebox.x402.WireCodec;
import io.farebox.x402.json.Base64Json;
import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonFormatException;
import io.farebox.x402.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * x402 version 1: {@code X-PAYMENT}, {@code X-PAYMENT-RESPONSE}, networks by word. A client may also name a network by its
 * CAIP-2 identifier; we write the word.
 */
public final class V1Codec implements WireCodec {
    private final Map<String, Network> networks;
    private final Map<Network, String> names;

    /** @param networks version 1 names and the networks they stand for */
    public V1Codec(Map<String, Network> networks) {
        this.networks = Map.copyOf(networks);
        Map<Network, String> reverse = new HashMap<>();
        networks.forEach((name, network) -> reverse.put(network, name));
        this.names = Map.copyOf(reverse);
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public String paymentHeader() {
        return "X-PAYMENT";
    }

    @Override
    public String receiptHeader() {
        return "X-PAYMENT-RESPONSE";
    }

    @Override
    public boolean knows(Network network) {
        return names.containsKey(network);
    }

    @Override
    public HeaderReading readPayment(String header) {
        try {
            JsonObject json = Base64Json.decode(header);
            if (json.integer("x402Version") != 1) return new HeaderReading.Malformed("invalid_x402_version");
            Network network = networks.get(json.string("network"));
            if (network == null) return new HeaderReading.Malformed("invalid_network");
            return new HeaderReading.Read(new PaymentPayload(
                    1,
                    json.string("scheme"),
                    network,
                    null,
                    SchemePayloads.read(network, json.object("payload")),
                    null,
                    Map.of()));
        } catch (JsonFormatException e) {
            return new HeaderReading.Malformed("invalid_payload");
        }
    }

    @Override
    public String writeReceipt(SettleResponse receipt) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("success", receipt.success());
        if (receipt.errorReason() != null) out.put("errorReason", receipt.errorReason());
        out.put("transaction", receipt.transaction());
        if (receipt.network() != null) out.put("network", name(receipt.network()));
        if (receipt.payer() != null) out.put("payer", receipt.payer());
        return Base64Json.encode(Json.write(out));
    }

    @Override
    public String writeFacilitatorRequest(FacilitatorRequest request) {
        Map<String, Object> payment = new LinkedHashMap<>();
        payment.put("x402Version", 1);
        payment.put("scheme", request.payment().scheme());
        payment.put("network", name(request.payment().network()));
        payment.put("payload", SchemePayloads.write(request.payment().payload()));
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("x402Version", 1);
        out.put("paymentPayload", payment);
        out.put("paymentRequirements", requirements(request.requirements(), request.resource(), request.discovery()));
        return Json.write(out);
    }

    /** One entry of {@code accepts}, in the order and with the types that the reference's schema wants; no nulls. */
    public Map<String, Object> requirements(
            PaymentRequirements requirements, ResourceInfo resource, @Nullable Discovery discovery) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("scheme", requirements.scheme());
        out.put("network", name(requirements.network()));
        out.put("maxAmountRequired", requirements.amount().toString());
        out.put("resource", resource.url());
        out.put("description", resource.description());
        out.put("mimeType", resource.mimeType());
        out.put("payTo", requirements.payTo());
        out.put("maxTimeoutSeconds", requirements.maxTimeoutSeconds());
        out.put("asset", requirements.asset());
        if (discovery != null) out.put("outputSchema", OutputSchema.of(discovery));
        if (!requirements.extra().isEmpty()) out.put("extra", requirements.extra());
        return out;
    }

    private String name(Network network) {
        return names.getOrDefault(network, network.caip2());
    }
}
