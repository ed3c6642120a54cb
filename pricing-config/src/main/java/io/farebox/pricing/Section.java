package io.farebox.pricing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Typed access to a section that {@link ShapeCheck} has passed. What is absent or broken reads as its default. */
record Section(Map<String, Tree> entries, Place place) {
    static final Section NONE = new Section(Map.of(), new Place(0, ""));

    static Section of(Tree tree) {
        return tree instanceof Tree.Entries section ? new Section(section.entries(), section.place()) : NONE;
    }

    /** Whether the key is there, right or wrong. */
    boolean has(String key) {
        return entries.containsKey(key);
    }

    /** Where the key stands, or would stand. */
    Place at(String key) {
        Tree tree = entries.get(key);
        return tree == null ? place.child(key, place.line()) : tree.place();
    }

    Tree.@Nullable Leaf leaf(String key) {
        return entries.get(key) instanceof Tree.Leaf leaf ? leaf : null;
    }

    String text(String key, String fallback) {
        Tree.Leaf leaf = leaf(key);
        return leaf == null ? fallback : leaf.text();
    }

    @Nullable
    Secret secret(String key) {
        Tree.Leaf leaf = leaf(key);
        return leaf == null ? null : Secret.of(leaf.text());
    }

    boolean flag(String key, boolean fallback) {
        return Boolean.parseBoolean(text(key, String.valueOf(fallback)));
    }

    int number(String key, int fallback) {
        return Integer.parseInt(text(key, String.valueOf(fallback)));
    }

    Duration span(String key, Duration fallback) {
        return Spans.parse(text(key, "")).orElse(fallback);
    }

    /** The word as a constant; {@code false} is what Spring makes of {@code off}. */
    <E extends Enum<E>> E choice(String key, E fallback) {
        String word = text(key, fallback.name());
        String name = word.equals("false") ? "off" : word;
        return Enum.valueOf(fallback.getDeclaringClass(), name.toUpperCase(Locale.ROOT));
    }

    Section section(String key) {
        Tree tree = entries.get(key);
        return tree == null ? NONE : of(tree);
    }

    List<Section> sections(String key) {
        List<Section> sections = new ArrayList<>();
        for (Tree item : items(key)) {
            if (item instanceof Tree.Entries) sections.add(of(item));
        }
        return sections;
    }

    List<Tree.Leaf> leaves(String key) {
        List<Tree.Leaf> leaves = new ArrayList<>();
        for (Tree item : items(key)) {
            if (item instanceof Tree.Leaf leaf) leaves.add(leaf);
        }
        return leaves;
    }

    /** The single values of a free table, by key. */
    Map<String, Tree.Leaf> table(String key) {
        Map<String, Tree.Leaf> leaves = new LinkedHashMap<>();
        section(key).entries().forEach((name, tree) -> {
            if (tree instanceof Tree.Leaf leaf) leaves.put(name, leaf);
        });
        return leaves;
    }

    private List<Tree> items(String key) {
        return entries.get(key) instanceof Tree.Items list ? list.items() : List.of();
    }
}
