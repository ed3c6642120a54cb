package io.farebox.x402.json;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object read member by member with strict types: {@code "true"} is no boolean and {@code 1} no string.
 *
 * @param members plain values as {@link Json} makes them
 */
public record JsonObject(Map<String, Object> members) {
    /** A string that must be there. */
    public String string(String name) {
        return required(name, stringOrNull(name));
    }

    /** A string, or null if absent. */
    public @Nullable String stringOrNull(String name) {
        return typed(name, String.class);
    }

    /** A whole number within a long that must be there. */
    public long integer(String name) {
        return required(name, typed(name, Long.class));
    }

    /** A boolean that must be there. */
    public boolean bool(String name) {
        return required(name, typed(name, Boolean.class));
    }

    /** An object that must be there. */
    public JsonObject object(String name) {
        return required(name, objectOrNull(name));
    }

    /** An object, or null if absent. */
    @SuppressWarnings("unchecked")
    public @Nullable JsonObject objectOrNull(String name) {
        Map<String, Object> map = (Map<String, Object>) typed(name, Map.class);
        return map == null ? null : new JsonObject(map);
    }

    /** The objects in an array; absent counts as empty. */
    @SuppressWarnings("unchecked")
    public List<JsonObject> objects(String name) {
        List<Object> list = (List<Object>) typed(name, List.class);
        if (list == null) return List.of();
        return list.stream()
                .map(element -> {
                    if (element instanceof Map<?, ?> map) return new JsonObject((Map<String, Object>) map);
                    throw new JsonFormatException(name + " holds something else than objects");
                })
                .toList();
    }

    private <T> @Nullable T typed(String name, Class<T> type) {
        Object value = members.get(name);
        if (value == null) return null;
        if (type.isInstance(value)) return type.cast(value);
        throw new JsonFormatException(name + " has the wrong type");
    }

    private static <T> T required(String name, @Nullable T value) {
        if (value == null) throw new JsonFormatException(name + " is missing");
        return value;
    }
}
