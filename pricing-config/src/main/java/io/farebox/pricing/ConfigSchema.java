package io.farebox.pricing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Renders the {@link Keys} as a JSON Schema (draft 2020-12) for editors. What only the whole can tell, such as checksums and
 * ties, is left to the reader; everything that the schema refuses, the reader refuses too.
 */
final class ConfigSchema {
    /** Where the schema lies in the jar. A test holds the file to {@link #render}. */
    static final String RESOURCE = "/META-INF/farebox/farebox.schema.json";

    private static final String PLACEHOLDER = "|\\$\\{";

    private ConfigSchema() {}

    static String render() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Farebox price list");
        schema.putAll(section(Keys.ROOT));
        var text = new StringBuilder();
        write(schema, 0, text);
        return text.append('\n').toString();
    }

    private static Map<String, Object> schema(Shape shape) {
        return switch (shape) {
            case Shape.Value value -> value(value.kind());
            case Shape.Section section -> section(section);
            case Shape.ListOf list -> of("type", "array", "items", schema(list.each()));
            case Shape.TableOf table -> of("type", "object", "additionalProperties", schema(table.each()));
            case Shape.Any any -> Map.of();
            case Shape.Either either -> of("anyOf", List.of(schema(either.value()), schema(either.section())));
        };
    }

    private static Map<String, Object> section(Shape.Section section) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<Object> required = new ArrayList<>();
        for (Key key : section.keys()) {
            if (!key.built()) continue;
            Map<String, Object> property = new LinkedHashMap<>();
            String fallback = key.fallback().isEmpty() ? "" : " Default: " + key.fallback() + ".";
            property.put("description", key.doc() + fallback);
            property.putAll(schema(key.shape()));
            properties.put(key.name(), property);
            if (key.required()) required.add(key.name());
        }
        Map<String, Object> schema = of("type", "object", "additionalProperties", false, "properties", properties);
        if (!required.isEmpty()) schema.put("required", required);
        return schema;
    }

    private static Map<String, Object> value(Shape.Kind kind) {
        return switch (kind) {
            case Shape.Kind.Text text -> of("type", List.of("string", "number", "boolean"));
            case Shape.Kind.Url url -> pattern("^[hH][tT][tT][pP][sS]?://");
            case Shape.Kind.Money money -> pattern("^(" + PriceText.PATTERN + ")$");
            case Shape.Kind.Span span -> pattern("^" + Spans.PATTERN + "$");
            case Shape.Kind.Choice choice -> choice(choice);
            case Shape.Kind.Flag flag -> of("anyOf", List.of(of("type", "boolean"), pattern("^(true|false)$")));
            case Shape.Kind.Number number -> of("anyOf", List.of(number(number), pattern("^(0|[1-9][0-9]*)$")));
        };
    }

    private static Map<String, Object> number(Shape.Kind.Number number) {
        return of("type", "integer", "minimum", number.least(), "maximum", number.most());
    }

    private static Map<String, Object> choice(Shape.Kind.Choice choice) {
        List<String> words = choice.words().stream()
                .filter(word -> !choice.notBuilt().contains(word))
                .toList();
        return of("anyOf", List.of(of("enum", words), pattern("")));
    }

    /** Text that fits the pattern, or has a placeholder in it, which only the reader can fill in. */
    private static Map<String, Object> pattern(String pattern) {
        String whole = pattern + PLACEHOLDER;
        return of("type", "string", "pattern", pattern.isEmpty() ? whole.substring(1) : whole);
    }

    private static Map<String, Object> of(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) map.put((String) pairs[i], pairs[i + 1]);
        return map;
    }

    private static void write(Object value, int depth, StringBuilder out) {
        switch (value) {
            case Map<?, ?> map -> {
                String separator = "{";
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    indent(out.append(separator), depth + 1);
                    write(String.valueOf(entry.getKey()), depth, out);
                    write(entry.getValue(), depth + 1, out.append(": "));
                    separator = ",";
                }
                indent(out, depth);
                out.append('}');
            }
            case List<?> list -> {
                String separator = "[";
                for (Object each : list) {
                    write(each, depth, out.append(separator));
                    separator = ", ";
                }
                out.append(']');
            }
            case Boolean flag -> out.append(flag);
            case Integer number -> out.append(number);
            default -> out.append('"').append(escaped(value.toString())).append('"');
        }
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    private static void indent(StringBuilder out, int depth) {
        out.append('\n').append("  ".repeat(depth));
    }
}
