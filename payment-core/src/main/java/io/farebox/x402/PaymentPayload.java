package io.farebox.x402;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends to pay, in a form that both wire versions share. Nothing in it is trusted.
 *
 * @param version the wire version that the client spoke, 1 or 2
 * @param scheme payment scheme
 * @param network where the payment happens
 * @param accepted the requirements that the client says it accepted; version 2 only
 * @param payload scheme-specific part
 * @param resource what the client says it pays for; version 2 only, and there optional
 * @param extensions protocol extensions as the client echoes them, plain JSON values, for reading only: nobody is sent them;
 *     empty for version 1
 */
public record PaymentPayload(
        int version,
        String scheme,
        Network network,
        @Nullable PaymentRequirements accepted,
        SchemePayload payload,
        @Nullable ResourceInfo resource,
        Map<String, Object> extensions) {
    public PaymentPayload {
        extensions = Map.copyOf(extensions);
    }

    /** The same with another payload, of which more is known. */
    public PaymentPayload with(SchemePayload other) {
        return new PaymentPayload(version, scheme, network, accepted, other, resource, extensions);
    }
}
