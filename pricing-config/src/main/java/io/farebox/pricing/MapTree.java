package io.farebox.pricing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A nested map, as bound from Spring's Environment, to a {@link Tree} without lines. A list may come as a map whose keys are
 * {@code 0}, {@code 1}, and so on, because that is how indexed properties look when they are bound to a map.
 */
final class MapTree {
    private static final int DEEPEST = 24;

    private MapTree() {}

    static Tree read(Map<String, ?> map) {
        return tree(map, new Place(0, ""), 0);
    }

    private static Tree tree(@Nullable Object value, Place place, int depth) {
        if (depth > DEEPEST) throw new IllegalArgumentException("configuration is nested too deep");
        return switch (value) {
            case null -> new Tree.Nothing(place);
            case Map<?, ?> map when isList(map) -> items(inOrder(map), place, depth);
            case Map<?, ?> map -> entries(map, place, depth);
            case Iterable<?> list -> items(list, place, depth);
            case Object[] array -> items(List.of(array), place, depth);
            case Number number -> new Tree.Leaf(number.toString(), place, false, true);
            case Boolean flag -> new Tree.Leaf(flag.toString(), place, false, true);
            default -> new Tree.Leaf(value.toString(), place, false);
        };
    }

    private static Tree entries(Map<?, ?> map, Place place, int depth) {
        Map<String, Tree> entries = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            String name = String.valueOf(key);
            entries.put(name, tree(value, place.child(name, 0), depth + 1));
        });
        return new Tree.Entries(entries, place);
    }

    private static Tree items(Iterable<?> values, Place place, int depth) {
        List<Tree> items = new ArrayList<>();
        for (Object value : values) items.add(tree(value, place.item(items.size(), 0), depth + 1));
        return new Tree.Items(items, place);
    }

    private static boolean isList(Map<?, ?> map) {
        if (map.isEmpty()) return false;
        for (int i = 0; i < map.size(); i++) {
            if (!map.containsKey(String.valueOf(i)) && !map.containsKey(i)) return false;
        }
        return true;
    }

    private static List<Object> inOrder(Map<?, ?> map) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < map.size(); i++) {
            Object value = map.get(String.valueOf(i));
            if (value == null) value = map.get(i);
            values.add(value == null ? "" : value);
        }
        return values;
    }
}
