package io.farebox.x402;

import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonObject;
import io.farebox.x402.v2.V2Codec;
import java.util.Map;

/**
 * The form in which the book keeps a facilitator request until the payment is terminal: a version 2 payload, as text. What is said
 * for catalogues, and what the client echoed of it, is not kept: no outcome hangs on it, and rows stay small.
 */
public final class StoredPayment {
    private static final V2Codec CODEC = new V2Codec();

    private StoredPayment() {}

    public static String write(FacilitatorRequest request) {
        var kept = new FacilitatorRequest(request.payment(), request.requirements(), request.resource());
        return Json.write(CODEC.write(kept, request.payment().version()));
    }

    /** Reads what {@link #write} wrote. @throws io.farebox.x402.json.JsonFormatException if the text is anything else */
    public static FacilitatorRequest read(String text) {
        JsonObject json = Json.readObject(text);
        PaymentRequirements requirements = CODEC.requirements(json.object("accepted"));
        PaymentPayload payment = switch (requirements.scheme()) {
            case SchemePayload.Transfer.SCHEME ->
                ours(requirements, SchemePayloads.transfer(requirements.network(), json.object("payload")));
            case SchemePayload.Token.SCHEME -> ours(requirements, SchemePayloads.token(json.object("payload")));
            default -> CODEC.payment(json);
        };
        ResourceInfo resource = payment.resource();
        return new FacilitatorRequest(
                payment, requirements, resource == null ? new ResourceInfo("", "", "") : resource);
    }

    private static PaymentPayload ours(PaymentRequirements terms, SchemePayload payload) {
        return new PaymentPayload(2, terms.scheme(), terms.network(), null, payload, null, Map.of());
    }
}
