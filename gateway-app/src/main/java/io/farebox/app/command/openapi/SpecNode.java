package io.farebox.app.command.openapi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A value of a document, asked without trust: what is of another kind than expected is as if it were not there. */
record SpecNode(@Nullable Object value) {
    private static final SpecNode NOTHING = new SpecNode(null);

    boolean isSection() {
        return value instanceof Map;
    }

    SpecNode get(String key) {
        return value instanceof Map<?, ?> map ? new SpecNode(map.get(key)) : NOTHING;
    }

    /** The entries of a section, in order; none if it is no section. */
    Map<String, SpecNode> entries() {
        Map<String, SpecNode> entries = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> entries.put(String.valueOf(key), new SpecNode(each)));
        }
        return entries;
    }

    /** The items of a list; none if it is no list. */
    List<SpecNode> items() {
        return value instanceof List<?> list ? list.stream().map(SpecNode::of).toList() : List.of();
    }

    private static SpecNode of(@Nullable Object value) {
        return new SpecNode(value);
    }

    /** A single value as text; empty if it is none. */
    String text() {
        return value == null || value instanceof Map || value instanceof Iterable ? "" : value.toString();
    }

    boolean isTrue() {
        return text().equals("true");
    }

    /**
     * What a {@code $ref} within the document leads to; the node itself if it has none.
     *
     * @param root the whole document
     * @return null if it leads nowhere, in a circle or out of the document
     */
    @Nullable
    SpecNode resolved(SpecNode root) {
        SpecNode node = this;
        for (int hops = 0; hops < 16; hops++) {
            String reference = node.get("$ref").text();
            if (reference.isEmpty()) return node;
            if (!reference.startsWith("#/")) return null;
            node = root.at(reference.substring(2));
            if (!node.isSection()) return null;
        }
        return null;
    }

    /** A JSON pointer in a URI fragment: percent-encoded, and with ~1 for a slash. */
    private SpecNode at(String pointer) {
        Function<String, String> key = PercentCode::decodedOrSame;
        SpecNode node = this;
        for (String part : pointer.split("/", -1)) {
            node = node.get(key.apply(part).replace("~1", "/").replace("~0", "~"));
        }
        return node;
    }
}
