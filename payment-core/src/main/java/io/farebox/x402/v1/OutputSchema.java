package io.farebox.x402.v1;

import io.farebox.x402.Discovery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes {@code outputSchema}: {@code input} as {@code x402-express} 1.2.0 writes it ({@code HTTPRequestStructure}), its fields by
 * name with type and whether they are required, as directories read them; {@code output} is the schema of the answer, or an
 * example. Version 1 had no formal schema.
 */
final class OutputSchema {
    private OutputSchema() {}

    static Map<String, Object> of(Discovery discovery) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("type", "http");
        input.put("method", discovery.method());
        input.put("discoverable", true);
        if (discovery.path() != null) input.put("pathParams", fields(discovery.path()));
        if (discovery.query() != null) input.put("queryParams", fields(discovery.query()));
        Discovery.Body body = discovery.body();
        if (body != null) {
            input.put("bodyType", body.type());
            Map<String, Object> fields = fields(body.content());
            if (!fields.isEmpty()) input.put("bodyFields", fields);
        }
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("input", input);
        if (discovery.output() != null) putOutput(out, discovery.output().content());
        return out;
    }

    /** An object in any case: clients take nothing else there. */
    private static void putOutput(Map<String, Object> out, Discovery.Part content) {
        if (content.schema().isEmpty() && content.example() instanceof Map<?, ?> example) out.put("output", example);
        else out.put("output", content.typedSchema());
    }

    private static Map<String, Object> fields(Discovery.Part part) {
        Map<String, Object> fields = new LinkedHashMap<>();
        List<?> required = part.schema().get("required") instanceof List<?> names ? names : List.of();
        if (part.schema().get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, schema) -> fields.put((String) name, field(schema, required.contains(name))));
        }
        if (part.example() instanceof Map<?, ?> example) {
            example.forEach((name, value) -> fields.putIfAbsent(
                    (String) name, field(Map.of("type", Discovery.typeOf(value)), required.contains(name))));
        }
        return fields;
    }

    private static Map<String, Object> field(Object schema, boolean required) {
        Map<String, Object> field = new LinkedHashMap<>();
        if (schema instanceof Map<?, ?> known) known.forEach((name, value) -> field.put((String) name, value));
        if (required) field.put("required", true);
        return field;
    }
}
