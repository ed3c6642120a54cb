package io.farebox.x402;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a resource is called and what it answers, for catalogues: the {@code bazaar} extension of version 2, {@code outputSchema}
 * in version 1. Examples and schemas are plain JSON values without nulls. Immutable.
 *
 * @param method {@code GET}, {@code HEAD}, {@code DELETE}, {@code POST}, {@code PUT} or {@code PATCH}
 * @param routeTemplate the path with {@code :name} for what varies, under which all its URLs are one entry; null if nothing
 *     varies or if it cannot be told so
 * @param path values in the path, or null
 * @param query parameters, or null
 * @param body null exactly if the method has none
 * @param output what is answered, or null if that is not told
 */
public record Discovery(
        String method,
        @Nullable String routeTemplate,
        @Nullable Part path,
        @Nullable Part query,
        @Nullable Body body,
        @Nullable Output output) {

    /**
     * Something that is described.
     *
     * @param example a value, or null
     * @param schema JSON Schema (draft 2020-12) of the value; may be empty
     */
    public record Part(@Nullable Object example, Map<String, Object> schema) {
        /** Nothing is told of it. */
        public static final Part UNKNOWN = new Part(null, Map.of());

        public Part {
            schema = Collections.unmodifiableMap(new LinkedHashMap<>(schema));
        }

        /** The schema with its {@code type}, which the example tells if the schema does not. */
        public Map<String, Object> typedSchema() {
            if (schema.containsKey("type") || example == null) return schema;
            Map<String, Object> typed = new LinkedHashMap<>();
            typed.put("type", typeOf(example));
            typed.putAll(schema);
            return typed;
        }
    }

    /** @param type {@code json}, {@code form-data} or {@code text} */
    public record Body(String type, Part content) {}

    /** @param type {@code json} or {@code text} */
    public record Output(String type, Part content) {}

    /** The same with a prefix before the route template: what stands before a route's own path in its URLs. */
    public Discovery under(String prefix) {
        if (routeTemplate == null || prefix.isEmpty()) return this;
        return new Discovery(method, prefix + routeTemplate, path, query, body, output);
    }

    /** The word that JSON Schema has for the type of a value. */
    public static String typeOf(Object value) {
        return switch (value) {
            case String text -> "string";
            case Boolean flag -> "boolean";
            case BigDecimal number -> "number";
            case Number number -> "integer";
            case List<?> list -> "array";
            default -> "object";
        };
    }
}
