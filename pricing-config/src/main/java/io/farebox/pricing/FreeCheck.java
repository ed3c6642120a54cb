package io.farebox.pricing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds values of a shape that is the owner's own, examples and schemas, against what any text must be; fills placeholders in. */
final class FreeCheck {
    private final Problems problems;
    private final Placeholders placeholders;

    FreeCheck(Problems problems, Placeholders placeholders) {
        this.problems = problems;
        this.placeholders = placeholders;
    }

    Tree check(Tree tree) {
        return switch (tree) {
            case Tree.Leaf leaf -> leaf(leaf);
            case Tree.Items list -> {
                List<Tree> items = new ArrayList<>();
                for (Tree item : list.items()) items.add(check(item));
                yield new Tree.Items(items, list.place());
            }
            case Tree.Entries section -> entries(section);
            case Tree.Nothing nothing -> nothing;
            case Tree.Broken broken -> broken;
        };
    }

    private Tree entries(Tree.Entries section) {
        Map<String, Tree> entries = new LinkedHashMap<>();
        section.entries().forEach((name, value) -> {
            if (isUnprintable(name)) unprintable(new Tree.Leaf(name, value.place(), false));
            else entries.put(name, check(value));
        });
        return new Tree.Entries(entries, section.place());
    }

    private Tree leaf(Tree.Leaf raw) {
        Tree.Leaf leaf = placeholders.fill(raw);
        if (leaf == null) return new Tree.Broken(raw.place());
        return isUnprintable(leaf.text()) ? unprintable(leaf) : leaf;
    }

    private Tree unprintable(Tree.Leaf leaf) {
        String fix = "Remove control characters; line ends and tabs may stay.";
        problems.wrong(ProblemCode.UNPRINTABLE_TEXT, leaf, "has characters that cannot be printed", fix);
        return new Tree.Broken(leaf.place());
    }

    /** Also what a template of ours would take for a gap. */
    static boolean isUnprintable(String text) {
        return text.codePoints().anyMatch(FreeCheck::isUnprintable);
    }

    private static boolean isUnprintable(int c) {
        if (c == '\n' || c == '\r' || c == '\t') return false;
        int type = Character.getType(c);
        return type == Character.CONTROL || type == Character.SURROGATE;
    }
}
