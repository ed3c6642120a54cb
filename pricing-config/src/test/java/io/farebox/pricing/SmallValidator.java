package io.farebox.pricing;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** As much of JSON Schema as our schema uses. */
final class SmallValidator {
    private SmallValidator() {}

    /** What does not fit, or the empty text. */
    static String problem(Map<?, ?> schema, @Nullable Object value) {
        if (schema.get("anyOf") instanceof List<?> choices) {
            boolean fits = choices.stream()
                    .anyMatch(each -> problem((Map<?, ?>) each, value).isEmpty());
            return fits ? "" : value + " fits none of " + choices;
        }
        if (schema.get("enum") instanceof List<?> words) return words.contains(value) ? "" : value + " not in " + words;
        Object type = schema.get("type");
        if (type == null) return "";
        boolean typed =
                type instanceof List<?> types ? types.stream().anyMatch(each -> is(each, value)) : is(type, value);
        if (!typed) return value + " is not " + type;
        return switch (value) {
            case Map<?, ?> map -> map(schema, map);
            case List<?> list -> list(schema, list);
            case String text -> text(schema, text);
            case Integer number -> number(schema, number);
            case null, default -> "";
        };
    }

    private static boolean is(@Nullable Object type, @Nullable Object value) {
        return switch (String.valueOf(type)) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "number" -> value instanceof Number;
            case "integer" -> value instanceof Integer;
            case "boolean" -> value instanceof Boolean;
            default -> throw new AssertionError("unknown type " + type);
        };
    }

    private static String map(Map<?, ?> schema, Map<?, ?> map) {
        Map<?, ?> properties = schema.get("properties") instanceof Map<?, ?> known ? known : Map.of();
        if (schema.get("required") instanceof List<?> required && !map.keySet().containsAll(required)) {
            return "misses one of " + required;
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object each = properties.containsKey(entry.getKey())
                    ? properties.get(entry.getKey())
                    : schema.get("additionalProperties");
            if (Boolean.FALSE.equals(each)) return "unknown key " + entry.getKey();
            String problem = problem((Map<?, ?>) each, entry.getValue());
            if (!problem.isEmpty()) return entry.getKey() + ": " + problem;
        }
        return "";
    }

    private static String list(Map<?, ?> schema, List<?> list) {
        for (Object each : list) {
            String problem = problem((Map<?, ?>) schema.get("items"), each);
            if (!problem.isEmpty()) return problem;
        }
        return "";
    }

    private static String text(Map<?, ?> schema, String text) {
        Object pattern = schema.get("pattern");
        boolean fits = pattern == null
                || Pattern.compile((String) pattern).matcher(text).find();
        return fits ? "" : text + " does not fit " + pattern;
    }

    private static String number(Map<?, ?> schema, int number) {
        if (schema.get("minimum") instanceof Integer least && number < least) return number + " is too small";
        if (schema.get("maximum") instanceof Integer most && number > most) return number + " is too large";
        return "";
    }
}
