package io.farebox.pricing;

import io.farebox.x402.json.Json;
import io.farebox.x402.json.JsonFormatException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes plain JSON values of what stands behind a key: numbers and booleans where they are written bare, text elsewhere; nulls
 * are left out. Text that begins as an object or a list does is JSON itself.
 */
final class JsonValues {
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,39})");
    private static final Pattern DECIMAL =
            Pattern.compile("-?(0|[1-9][0-9]{0,29})(\\.[0-9]{1,29})?([eE][+-]?[0-9]{1,2})?");

    private final Problems problems;

    JsonValues(Problems problems) {
        this.problems = problems;
    }

    /** The value of a key, or null if there is none, or none that is right. */
    @Nullable
    Object read(Section section, String key) {
        Tree tree = section.entries().get(key);
        if (!(tree instanceof Tree.Leaf leaf)) return tree == null ? null : value(tree);
        String text = leaf.text().strip();
        return text.startsWith("{") || text.startsWith("[") ? json(leaf) : value(leaf);
    }

    private @Nullable Object json(Tree.Leaf leaf) {
        Object value = null;
        try {
            Map<String, Object> wrapped =
                    Json.readObject("{\"value\":" + leaf.text() + "}").members();
            if (wrapped.size() == 1) value = wrapped.get("value");
        } catch (JsonFormatException e) {
            // told below
        }
        if (value != null && !hasUnprintable(value)) return value;
        String fix = "Write JSON with every quote and bracket closed and no control characters, or the same as YAML.";
        problems.wrong(ProblemCode.DISCOVERY_SYNTAX, leaf, "begins as JSON does and is none", fix);
        return null;
    }

    private static boolean hasUnprintable(Object value) {
        return switch (value) {
            case String text -> FreeCheck.isUnprintable(text);
            case List<?> list -> list.stream().anyMatch(JsonValues::hasUnprintable);
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .anyMatch(each -> hasUnprintable(each.getKey()) || hasUnprintable(each.getValue()));
            default -> false;
        };
    }

    private static @Nullable Object value(Tree tree) {
        return switch (tree) {
            case Tree.Leaf leaf -> scalar(leaf);
            case Tree.Items list -> {
                List<Object> items = new ArrayList<>();
                for (Tree item : list.items()) {
                    Object value = value(item);
                    if (value != null) items.add(value);
                }
                yield items;
            }
            case Tree.Entries section -> {
                Map<String, Object> members = new LinkedHashMap<>();
                section.entries().forEach((name, each) -> {
                    Object value = value(each);
                    if (value != null) members.put(name, value);
                });
                yield members;
            }
            case Tree.Nothing nothing -> null;
            case Tree.Broken broken -> null;
        };
    }

    private static Object scalar(Tree.Leaf leaf) {
        String text = leaf.text();
        if (!leaf.bare()) return text;
        if (text.equals("true") || text.equals("false")) return Boolean.valueOf(text);
        if (INTEGER.matcher(text).matches()) return text.length() < 19 ? Long.valueOf(text) : new BigInteger(text);
        return DECIMAL.matcher(text).matches() ? new BigDecimal(text) : text;
    }
}
