package io.farebox.x402.v2;

import io.farebox.x402.AtomicAmount;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** x402 version 2: {@code PAYMENT-SIGNATURE}, {@code PAYMENT-RESPONSE}, networks by CAIP-2. */
public final class V2Codec implements WireCodec {
    /** Name of the response header that carries the challenge. */
    public static final String CHALLENGE_HEADER = "PAYMENT-REQUIRED";

    @Override
    public int version() {
        return 2;
    }

    @Override
    public String paymentHeader() {
        return "PAYMENT-SIGNATURE";
    }

    @Override
    public String receiptHeader() {
        return "PAYMENT-RESPONSE";
    }

    @Override
    public boolean knows(Network network) {
        return true;
    }

    @Override
    public HeaderReading readPayment(String header) {
        try {
            JsonObject json = Base64Json.decode(header);
            if (json.integer("x402Version") != 2) return new HeaderReading.Malformed("invalid_x402_version");
            return identified(payment(json));
        } catch (JsonFormatException e) {
            return new HeaderReading.Malformed("invalid_payload");
        }
    }

    private static HeaderReading identified(PaymentPayload payment) {
        try {
            PaymentIdentifier.of(payment);
            return new HeaderReading.Read(payment);
        } catch (JsonFormatException e) {
            return new HeaderReading.Malformed(PaymentIdentifier.INVALID);
        }
    }

    /**
     * Reads a {@code PaymentPayload}; its {@code x402Version} is kept.
     *
     * @throws JsonFormatException if it is not one
     */
    public PaymentPayload payment(JsonObject json) {
        PaymentRequirements accepted = requirements(json.object("accepted"));
        JsonObject extensions = json.objectOrNull("extensions");
        return new PaymentPayload(
                (int) json.integer("x402Version"),
                accepted.scheme(),
                accepted.network(),
                accepted,
                SchemePayloads.read(accepted.network(), json.object("payload")),
                resource(json.objectOrNull("resource")),
                extensions == null ? Map.of() : extensions.members());
    }

    /** Reads a {@code PaymentRequirements}. @throws JsonFormatException if it is not one */
    public PaymentRequirements requirements(JsonObject json) {
        if (json.members().size() > 7
                || (json.members().size() == 7 && !json.members().containsKey("extra"))) {
            throw new JsonFormatException("accepted has a key of its own");
        }
        String network = json.string("network");
        if (!Network.isCaip2(network)) throw new JsonFormatException("network");
        JsonObject extra = json.objectOrNull("extra");
        return new PaymentRequirements(
                json.string("scheme"),
                new Network(network),
                AtomicAmount.parse(json.string("amount")).orElseThrow(() -> new JsonFormatException("amount")),
                json.string("asset"),
                json.string("payTo"),
                json.integer("maxTimeoutSeconds"),
                extra == null ? Map.of() : extra.members());
    }

    private static @Nullable ResourceInfo resource(@Nullable JsonObject json) {
        if (json == null) return null;
        return new ResourceInfo(
                json.string("url"),
                Objects.requireNonNullElse(json.stringOrNull("description"), ""),
                Objects.requireNonNullElse(json.stringOrNull("mimeType"), ""));
    }

    @Override
    public String writeReceipt(SettleResponse receipt) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("success", receipt.success());
        if (receipt.errorReason() != null) out.put("errorReason", receipt.errorReason());
        if (receipt.payer() != null) out.put("payer", receipt.payer());
        out.put("transaction", receipt.transaction());
        out.put("network", receipt.network() == null ? "" : receipt.network().caip2());
        return Base64Json.encode(Json.write(out));
    }

    @Override
    public String writeFacilitatorRequest(FacilitatorRequest request) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("x402Version", 2);
        out.put("paymentPayload", write(request, 2));
        out.put("paymentRequirements", requirements(request.requirements()));
        return Json.write(out);
    }

    /** Writes a {@code PaymentPayload} whose accepted terms, resource and extensions are our own. */
    public Map<String, Object> write(FacilitatorRequest request, int version) {
        PaymentPayload payment = request.payment();
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("x402Version", version);
        out.put("payload", SchemePayloads.write(payment.payload()));
        out.put("resource", resource(request.resource()));
        out.put("accepted", requirements(request.requirements()));
        if (request.discovery() != null) out.put("extensions", extensions(request.discovery()));
        return out;
    }

    /** Writes {@code extensions}: {@code bazaar}. */
    public Map<String, Object> extensions(Discovery discovery) {
        return Map.of(Bazaar.KEY, Bazaar.of(discovery));
    }

    /** Writes one entry of {@code accepts}. */
    public Map<String, Object> requirements(PaymentRequirements requirements) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("scheme", requirements.scheme());
        out.put("network", requirements.network().caip2());
        out.put("amount", requirements.amount().toString());
        out.put("asset", requirements.asset());
        out.put("payTo", requirements.payTo());
        out.put("maxTimeoutSeconds", requirements.maxTimeoutSeconds());
        if (!requirements.extra().isEmpty()) out.put("extra", requirements.extra());
        return out;
    }

    /** Writes {@code resource}; what is empty is left out. */
    public Map<String, Object> resource(ResourceInfo resource) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("url", resource.url());
        if (!resource.description().isEmpty()) out.put("description", resource.description());
        if (!resource.mimeType().isEmpty()) out.put("mimeType", resource.mimeType());
        return out;
    }
}
