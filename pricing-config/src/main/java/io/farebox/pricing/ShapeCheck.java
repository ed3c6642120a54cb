package io.farebox.pricing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds a tree against the {@link Keys}: unknown and missing keys, sections, lists and values in the wrong place. Fills in
 * placeholders and marks secrets on the way. What has been reported becomes {@link Tree.Broken}, so nothing is reported twice.
 */
final class ShapeCheck {
    private final Problems problems;
    private final ValueCheck values;
    private final FreeCheck free;
    private final boolean relaxed;

    /** @param relaxed whether keys may be spelled as Spring's Environment spells them: {@code publicUrl}, {@code publicurl} */
    ShapeCheck(Problems problems, Placeholders placeholders, boolean relaxed) {
        this.problems = problems;
        this.values = new ValueCheck(problems, placeholders, relaxed);
        this.free = new FreeCheck(problems, placeholders);
        this.relaxed = relaxed;
    }

    Tree check(Shape shape, Tree tree) {
        if (tree instanceof Tree.Broken) return tree;
        if (tree instanceof Tree.Nothing) {
            problems.wrong(
                    ProblemCode.EMPTY_VALUE, tree.place(), "has no value", "Write a value, or leave the key out.");
            return new Tree.Broken(tree.place());
        }
        return switch (shape) {
            case Shape.Value value -> values.check(value, tree);
            case Shape.Section section -> section(section, tree);
            case Shape.ListOf list -> list(list, tree);
            case Shape.TableOf table -> table(table, tree);
            case Shape.Any any -> free.check(tree);
            case Shape.Either either ->
                tree instanceof Tree.Leaf ? values.check(either.value(), tree) : section(either.section(), tree);
        };
    }

    private Tree list(Shape.ListOf list, Tree tree) {
        Tree given = relaxed && tree instanceof Tree.Leaf leaf ? split(leaf) : tree;
        if (!(given instanceof Tree.Items items)) {
            return broken(ProblemCode.NOT_A_LIST, tree, "is not a list", "Put it in brackets: [ … ].");
        }
        List<Tree> checked = new ArrayList<>();
        for (Tree item : items.items()) checked.add(check(list.each(), item));
        return new Tree.Items(checked, tree.place());
    }

    /** An environment variable can only hold a list as words with commas between. */
    private static Tree split(Tree.Leaf leaf) {
        List<Tree> items = new ArrayList<>();
        for (String word : leaf.text().split(",", -1)) {
            if (word.isBlank()) continue;
            items.add(new Tree.Leaf(word.strip(), leaf.place().item(items.size(), 0), leaf.secret()));
        }
        return new Tree.Items(items, leaf.place());
    }

    private Tree table(Shape.TableOf table, Tree tree) {
        if (!(tree instanceof Tree.Entries entries)) return notASection(tree);
        Map<String, Tree> checked = new LinkedHashMap<>();
        entries.entries().forEach((key, value) -> checked.put(key, check(table.each(), value)));
        return new Tree.Entries(checked, tree.place());
    }

    private Tree section(Shape.Section section, Tree tree) {
        if (!(tree instanceof Tree.Entries entries)) return notASection(tree);
        Map<String, Tree> checked = new LinkedHashMap<>();
        entries.entries().forEach((name, value) -> {
            Key key = known(section, name, value);
            if (key == null) return;
            if (checked.put(key.name(), check(key.shape(), value)) == null) return;
            problems.wrong(ProblemCode.DUPLICATE_KEY, value.place(), "is written twice", "Keep one of the two.");
        });
        for (Key key : section.keys()) {
            if (!key.required() || checked.containsKey(key.name())) continue;
            Place at = tree.place().child(key.name(), tree.place().line());
            problems.wrong(
                    ProblemCode.MISSING_KEY,
                    at,
                    "is missing",
                    "Write for example " + key.name() + ": " + key.example());
            checked.put(key.name(), new Tree.Broken(at));
        }
        return new Tree.Entries(checked, tree.place());
    }

    private @Nullable Key known(Shape.Section section, String name, Tree value) {
        for (Key key : section.keys()) {
            boolean same =
                    key.name().equals(name) || relaxed && Words.fold(key.name()).equals(Words.fold(name));
            if (!same) continue;
            if (key.built()) return key;
            String fix = "Leave it out: this release would ignore it.";
            problems.wrong(ProblemCode.NOT_BUILT_YET, value.place(), "is not built yet", fix);
            return null;
        }
        List<String> names =
                section.keys().stream().filter(Key::built).map(Key::name).toList();
        String fix = Words.didYouMean(name, names) + "Known here: " + Words.oneOf(names) + ".";
        problems.wrong(ProblemCode.UNKNOWN_KEY, value.place(), "is not a key of this configuration", fix);
        return null;
    }

    private Tree notASection(Tree tree) {
        return broken(ProblemCode.NOT_A_SECTION, tree, "is not a section", "Write keys below it, indented.");
    }

    private Tree broken(ProblemCode code, Tree tree, String reason, String fix) {
        if (tree instanceof Tree.Leaf leaf && !leaf.secret()) problems.wrong(code, hidden(leaf), reason, fix);
        else problems.wrong(code, tree.place(), reason, fix);
        return new Tree.Broken(tree.place());
    }

    /** Text where a section or list belongs may be a secret that was indented wrong, so it is not shown. */
    private static Tree.Leaf hidden(Tree.Leaf leaf) {
        return new Tree.Leaf(leaf.text(), leaf.place(), true);
    }
}
