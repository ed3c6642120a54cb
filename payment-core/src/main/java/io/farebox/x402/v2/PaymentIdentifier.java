package io.farebox.x402.v2;

import io.farebox.x402.PaymentPayload;
import io.farebox.x402.json.JsonFormatException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The extension {@code payment-identifier} ({@code specs/extensions/payment_identifier.md}, as {@code @x402/extensions} 2.27.0 has
 * it): a client names its request, so that asking again is not paying again.
 */
public final class PaymentIdentifier {
    /** Its key in {@code extensions}. */
    public static final String KEY = "payment-identifier";

    /** Reason code of an identifier of the wrong form. */
    public static final String INVALID = "invalid_payment_identifier";

    private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9_-]{16,128}");

    /** What a challenge says: clients may send one. */
    private static final Map<String, Object> DECLARATION = declaration();

    private PaymentIdentifier() {}

    /** Adds to a challenge's {@code extensions} that clients may send one. */
    public static void declare(Map<String, Object> extensions) {
        extensions.put(KEY, DECLARATION);
    }

    private static Map<String, Object> declaration() {
        Map<String, Object> id = new LinkedHashMap<>();
        id.put("type", "string");
        id.put("minLength", 16);
        id.put("maxLength", 128);
        id.put("pattern", "^[a-zA-Z0-9_-]+$");
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("required", Map.of("type", "boolean"));
        properties.put("id", id);
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", List.of("required"));
        Map<String, Object> declaration = new LinkedHashMap<>();
        declaration.put("info", Map.of("required", false));
        declaration.put("schema", schema);
        return declaration;
    }

    /**
     * The identifier that a payment carries, if any. A client that only echoes the declaration has none.
     *
     * @throws JsonFormatException if it has not the form that the extension asks for
     */
    public static Optional<String> of(PaymentPayload payment) {
        Object id = member(member(payment.extensions().get(KEY), "info"), "id");
        if (id == null) return Optional.empty();
        if (id instanceof String text && FORM.matcher(text).matches()) return Optional.of(text);
        throw new JsonFormatException(KEY);
    }

    private static @Nullable Object member(@Nullable Object object, String name) {
        if (object == null) return null;
        if (object instanceof Map<?, ?> map) return map.get(name);
        throw new JsonFormatException(KEY);
    }
}
