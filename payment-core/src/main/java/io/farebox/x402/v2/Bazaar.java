package io.farebox.x402.v2;

import io.farebox.x402.Discovery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the {@code bazaar} extension: {@code info}, the JSON Schema that {@code info} meets, and the route template ({@code
 * specs/extensions/bazaar.md}, as {@code @x402/extensions} 2.27.0 has it). The method is the one of the route, and not that of the
 * request.
 */
final class Bazaar {
    static final String KEY = "bazaar";

    private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

    private Bazaar() {}

    static Map<String, Object> of(Discovery discovery) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("info", info(discovery));
        out.put("schema", schema(discovery));
        if (discovery.routeTemplate() != null) out.put("routeTemplate", discovery.routeTemplate());
        return out;
    }

    private static Map<String, Object> info(Discovery discovery) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("type", "http");
        input.put("method", discovery.method());
        Discovery.Body body = discovery.body();
        if (body != null) {
            input.put("bodyType", body.type());
            Object example = body.content().example();
            input.put("body", example == null ? Map.of() : example);
        }
        // Without parameters the reference says so, and directories want to be told.
        if (discovery.query() == null && body == null) input.put("queryParams", Map.of());
        putExample(input, "queryParams", discovery.query());
        putExample(input, "pathParams", discovery.path());
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("input", input);
        Discovery.Output output = discovery.output();
        if (output == null) return info;
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("type", output.type());
        putExample(answer, "example", output.content());
        info.put("output", answer);
        return info;
    }

    private static void putExample(Map<String, Object> out, String name, Discovery.@Nullable Part part) {
        if (part != null && part.example() != null) out.put(name, part.example());
    }

    private static Map<String, Object> schema(Discovery discovery) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("input", input(discovery));
        Discovery.Output output = discovery.output();
        if (output != null) {
            Map<String, Object> parts = new LinkedHashMap<>();
            parts.put("type", Map.of("type", "string"));
            parts.put("example", output.content().typedSchema());
            properties.put("output", object(parts, List.of("type")));
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", DRAFT);
        schema.putAll(object(properties, List.of("input")));
        return schema;
    }

    private static Map<String, Object> input(Discovery discovery) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>(List.of("type", "method"));
        Map<String, Object> type = new LinkedHashMap<>();
        type.put("type", "string");
        type.put("const", "http");
        properties.put("type", type);
        properties.put("method", oneOf(discovery.method()));
        Discovery.Body body = discovery.body();
        if (body != null) {
            properties.put("bodyType", oneOf("json", "form-data", "text"));
            properties.put(
                    "body",
                    body.content().example() == null
                            ? Map.of("type", "object")
                            : body.content().typedSchema());
            required.addAll(List.of("bodyType", "body"));
        }
        if (discovery.query() != null) properties.put("queryParams", parameters(discovery.query()));
        else if (body == null) properties.put("queryParams", object(Map.of(), List.of()));
        if (discovery.path() != null) properties.put("pathParams", parameters(discovery.path()));
        Map<String, Object> input = object(properties, required);
        input.put("additionalProperties", false);
        return input;
    }

    private static Map<String, Object> parameters(Discovery.Part part) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.putAll(part.schema());
        return schema;
    }

    private static Map<String, Object> oneOf(String... words) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "string");
        schema.put("enum", List.of(words));
        return schema;
    }

    private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) schema.put("required", required);
        return schema;
    }
}
