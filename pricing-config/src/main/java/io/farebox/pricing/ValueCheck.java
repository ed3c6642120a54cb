package io.farebox.pricing;

import java.util.List;

/** Holds single values against their kind. */
final class ValueCheck {
    private final Problems problems;
    private final Placeholders placeholders;
    private final boolean relaxed;

    ValueCheck(Problems problems, Placeholders placeholders, boolean relaxed) {
        this.problems = problems;
        this.placeholders = placeholders;
        this.relaxed = relaxed;
    }

    Tree check(Shape.Value shape, Tree tree) {
        Tree.Broken broken = new Tree.Broken(tree.place());
        if (!(tree instanceof Tree.Leaf raw)) {
            String fix = "Write one value behind the colon.";
            problems.wrong(ProblemCode.NOT_A_VALUE, tree.place(), "is a section or list and not a single value", fix);
            return broken;
        }
        Tree.Leaf leaf = placeholders.fill(new Tree.Leaf(raw.text(), raw.place(), shape.secret()));
        if (leaf == null) return broken;
        if (leaf.text().isBlank()) {
            problems.wrong(ProblemCode.EMPTY_VALUE, leaf, "is empty", "Write a value, or leave the key out.");
            return broken;
        }
        if (leaf.text().codePoints().anyMatch(ValueCheck::isUnprintable)) {
            String fix = "Remove line ends, tabs and invisible characters.";
            problems.wrong(ProblemCode.UNPRINTABLE_TEXT, leaf, "has characters that cannot be printed", fix);
            return broken;
        }
        return fits(shape.kind(), leaf) ? leaf : broken;
    }

    private static boolean isUnprintable(int c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }

    private boolean fits(Shape.Kind kind, Tree.Leaf leaf) {
        return switch (kind) {
            case Shape.Kind.Text text -> true;
            case Shape.Kind.Url url -> true;
            case Shape.Kind.Money money -> true;
            case Shape.Kind.Flag flag -> flag(leaf);
            case Shape.Kind.Span span -> span(leaf);
            case Shape.Kind.Number number -> number(number, leaf);
            case Shape.Kind.Choice choice -> choice(choice, leaf);
        };
    }

    private boolean flag(Tree.Leaf leaf) {
        if (leaf.text().equals("true") || leaf.text().equals("false")) return true;
        problems.wrong(ProblemCode.NOT_A_BOOLEAN, leaf, "is neither true nor false", "Write true or false.");
        return false;
    }

    private boolean span(Tree.Leaf leaf) {
        if (Spans.parse(leaf.text()).isPresent()) return true;
        String fix = "Write a whole number and its unit: 500ms, 30s, 5m, 1h or 2d.";
        problems.wrong(ProblemCode.NOT_A_DURATION, leaf, "is not a duration", fix);
        return false;
    }

    private boolean number(Shape.Kind.Number number, Tree.Leaf leaf) {
        if (!leaf.text().matches("-?(0|[1-9][0-9]{0,8})")) {
            problems.wrong(ProblemCode.NOT_A_NUMBER, leaf, "is not a whole number", "Write digits only.");
            return false;
        }
        int value = Integer.parseInt(leaf.text());
        if (value >= number.least() && value <= number.most()) return true;
        String fix = "Write a number from " + number.least() + " to " + number.most() + ".";
        problems.wrong(ProblemCode.OUT_OF_RANGE, leaf, "is out of range", fix);
        return false;
    }

    private boolean choice(Shape.Kind.Choice choice, Tree.Leaf leaf) {
        if (choice.notBuilt().contains(leaf.text())) {
            problems.wrong(ProblemCode.NOT_BUILT_YET, leaf, "is not built yet", "Leave it out, or choose another.");
            return false;
        }
        if (choice.words().contains(word(choice, leaf.text()))) return true;
        List<String> words = choice.words().stream()
                .filter(word -> !choice.notBuilt().contains(word))
                .toList();
        String fix = Words.didYouMean(leaf.text(), words) + "Write " + Words.oneOf(words) + ".";
        problems.wrong(ProblemCode.UNKNOWN_CHOICE, leaf, "is not a word that this key knows", fix);
        return false;
    }

    /** Spring reads YAML 1.1, where {@code off} is false, before we see it. */
    private String word(Shape.Kind.Choice choice, String text) {
        return relaxed && text.equals("false") && choice.words().contains("off") ? "off" : text;
    }
}
