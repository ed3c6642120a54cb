package io.farebox.pricing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * YAML text to a {@link Tree} that knows its lines. Reads the composed nodes and constructs nothing, so a tag can start no
 * code; aliases, depth and the number of values are bounded, so a small file cannot grow in memory.
 */
final class YamlTree {
    static final int LARGEST = 1 << 20;
    private static final int MOST_ALIASES = 50;
    private static final int MOST_VALUES = 100_000;
    private static final int DEEPEST = 24;
    /** The reader marks a plain <code>${NAME}</code> by itself; it is text here like any other. */
    private static final Set<Tag> PLAIN_TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP, Tag.ENV_TAG);

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    private final Problems problems;
    private int values;
    private boolean stopped;

    private YamlTree(Problems problems) {
        this.problems = problems;
    }

    /** The tree, or null after reporting why there is none. */
    static @Nullable Tree read(String text, Problems problems) {
        Place whole = new Place(1, "");
        if (text.length() > LARGEST) {
            problems.wrong(
                    ProblemCode.FILE_TOO_LARGE, whole, "is larger than 1 MiB", "Split off what is no price list.");
            return null;
        }
        Optional<Node> root = compose(text, problems);
        if (root == null) return null;
        if (root.isPresent()) {
            var reading = new YamlTree(problems);
            Tree tree = reading.tree(root.get(), whole, 0);
            return reading.stopped ? null : tree;
        }
        problems.wrong(ProblemCode.FILE_EMPTY, whole, "holds nothing", "Write at least public-url and routes.");
        return null;
    }

    private static @Nullable Optional<Node> compose(String text, Problems problems) {
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(LARGEST)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setAllowDuplicateKeys(true) // reported by us, with all other problems
                .build();
        try {
            return new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            int line = line(e);
            String fix = "Indent with spaces, close every quote and bracket, and keep to one document.";
            problems.wrong(ProblemCode.YAML_SYNTAX, new Place(line, ""), "is not YAML: " + e.getProblem(), fix);
        } catch (YamlEngineException | StackOverflowError e) {
            tooComplex(problems, new Place(1, ""));
        }
        return null;
    }

    /** What is never closed is found at the end of the file, and mended where it begins. */
    private static int line(MarkedYamlEngineException e) {
        boolean atEnd = String.valueOf(e.getProblem()).contains("end of stream");
        Optional<Mark> mark = atEnd ? e.getContextMark() : e.getProblemMark();
        return mark.or(e::getProblemMark)
                        .or(e::getContextMark)
                        .map(Mark::getLine)
                        .orElse(0)
                + 1;
    }

    private Tree tree(Node node, Place place, int depth) {
        if (stopped) return new Tree.Broken(place);
        if (++values > MOST_VALUES || depth > DEEPEST || node.isRecursive()) {
            tooComplex(problems, place);
            stopped = true;
            return new Tree.Broken(place);
        }
        if (!PLAIN_TAGS.contains(node.getTag())) {
            String reason = "carries the tag " + node.getTag().getValue();
            problems.wrong(ProblemCode.YAML_TAG, place, reason, "Remove the tag: values are plain text here.");
            return new Tree.Broken(place);
        }
        return switch (node) {
            case ScalarNode scalar -> leaf(scalar, place);
            case SequenceNode sequence -> items(sequence, place, depth);
            case MappingNode mapping -> entries(mapping, place, depth);
            default -> new Tree.Broken(place);
        };
    }

    private static Tree leaf(ScalarNode scalar, Place place) {
        boolean isNull = scalar.isPlain() && NULLS.contains(scalar.getValue());
        return isNull ? new Tree.Nothing(place) : new Tree.Leaf(scalar.getValue(), place, false, scalar.isPlain());
    }

    private Tree items(SequenceNode sequence, Place place, int depth) {
        List<Tree> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(tree(item, place.item(items.size(), line(item)), depth + 1));
        }
        return new Tree.Items(items, place);
    }

    private Tree entries(MappingNode mapping, Place place, int depth) {
        Map<String, Tree> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Place at = new Place(line(tuple.getKeyNode()), place.path());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.wrong(
                        ProblemCode.YAML_SYNTAX, at, "has a key that is not a word", "Write a plain word as key.");
                continue;
            }
            at = place.child(key.getValue(), at.line());
            Tree value = tree(tuple.getValueNode(), at, depth + 1);
            if (entries.putIfAbsent(key.getValue(), value) == null) continue;
            problems.wrong(ProblemCode.DUPLICATE_KEY, at, "is written twice", "Keep one of the two.");
        }
        return new Tree.Entries(entries, place);
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    }

    private static void tooComplex(Problems problems, Place place) {
        String fix = "Write the values out: at most 50 aliases, 24 levels and 100,000 values are read.";
        problems.wrong(ProblemCode.YAML_TOO_COMPLEX, place, "is nested too deep or repeated too often", fix);
    }
}
