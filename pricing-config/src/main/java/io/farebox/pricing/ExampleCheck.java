package io.farebox.pricing;

import io.farebox.x402.Discovery;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * As much of JSON Schema as tells the common slips: an example of another type, without something required, with something
 * that must not be. A facilitator checks all of it, and says nothing when it leaves a route out of its catalogue.
 */
final class ExampleCheck {
    private ExampleCheck() {}

    /** What does not fit, or the empty text; what the schema says in other words is not looked at. */
    static String problem(Map<?, ?> schema, Object value, String where) {
        if (!hasType(schema.get("type"), value)) return where + " is not of type " + schema.get("type");
        if (schema.containsKey("const") && !value.equals(schema.get("const")))
            return where + " is not " + schema.get("const");
        if (schema.get("enum") instanceof List<?> words && !words.contains(value))
            return where + " is none of " + words;
        return switch (value) {
            case Map<?, ?> map -> map(schema, map, where);
            case List<?> list -> list(schema, list, where);
            default -> "";
        };
    }

    private static boolean hasType(@Nullable Object type, Object value) {
        if (type instanceof List<?> types)
            return types.isEmpty() || types.stream().anyMatch(each -> hasType(each, value));
        if (!(type instanceof String word)) return true;
        String is = Discovery.typeOf(value);
        if (is.equals("integer")) return word.equals("integer") || word.equals("number");
        boolean whole = value instanceof BigDecimal number
                && number.stripTrailingZeros().scale() <= 0;
        return word.equals(is) || whole && word.equals("integer");
    }

    private static String map(Map<?, ?> schema, Map<?, ?> map, String where) {
        if (schema.get("required") instanceof List<?> required) {
            for (Object name : required) if (!map.containsKey(name)) return where + " has no " + name;
        }
        Map<?, ?> properties = schema.get("properties") instanceof Map<?, ?> known ? known : Map.of();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object each = properties.get(entry.getKey());
            if (each == null && Boolean.FALSE.equals(schema.get("additionalProperties"))) {
                return where + " has " + entry.getKey() + ", which the schema does not know";
            }
            if (!(each instanceof Map<?, ?> of)) continue;
            String problem = problem(of, entry.getValue(), where + "." + entry.getKey());
            if (!problem.isEmpty()) return problem;
        }
        return "";
    }

    private static String list(Map<?, ?> schema, List<?> list, String where) {
        if (!(schema.get("items") instanceof Map<?, ?> each)) return "";
        for (int i = 0; i < list.size(); i++) {
            String problem = problem(each, list.get(i), where + "[" + i + "]");
            if (!problem.isEmpty()) return problem;
        }
        return "";
    }
}
