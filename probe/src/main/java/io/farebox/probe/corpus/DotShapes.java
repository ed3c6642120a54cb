package io.farebox.probe.corpus;

import java.util.List;
import java.util.Map;

/** Paths that lead to the route only for who follows their dots. */
final class DotShapes {
    private static final Map<Shape, List<String>> PARENTS = Map.of(
            Shape.DOT_SEGMENTS,
            List.of("..", "...", "..\\", ".. "),
            Shape.ENCODED_DOTS,
            List.of("%2e%2e", "%2E%2E", "%2E%2e", ".%2e", "%2e.", "%2E.", "..%20", "..%09"),
            Shape.PATH_PARAMETERS,
            List.of("..;", "..;x", "..;x=y", "%2e%2e;", ".;x", "..%3b", "..;/.."),
            Shape.DOUBLE_ENCODING,
            List.of("%252e%252e", "%25%32%65%25%32%65", ".%252e"),
            Shape.BROKEN_ENCODING,
            List.of("%c0%ae%c0%ae", "%e0%80%ae%e0%80%ae", "%u002e%u002e", "%ef%bc%8e%ef%bc%8e"),
            Shape.CONTROL_CHARACTERS,
            List.of("..%00", "%00..", "..%0a", "..%0d%0a"),
            Shape.ENCODED_SLASHES,
            List.of("..%2f", "..%5c", "%2e%2e%2f", "..%2F..", "..%5c.."));
    private static final Map<Shape, List<String>> HERE = Map.of(
            Shape.DOT_SEGMENTS, List.of("."),
            Shape.ENCODED_DOTS, List.of("%2e", "%2E"),
            Shape.PATH_PARAMETERS, List.of(".;", ".;x", "%2e;x"),
            Shape.DOUBLE_ENCODING, List.of("%252e"),
            Shape.BROKEN_ENCODING, List.of("%c0%ae"));

    private DotShapes() {}

    static void add(Trials trials) {
        Aim aim = trials.aim;
        PARENTS.forEach((shape, spellings) -> spellings.forEach(parent -> parent(trials, shape, parent)));
        HERE.forEach((shape, spellings) -> spellings.forEach(dot -> {
            for (int i = 0; i < aim.segments().size(); i++) trials.target(shape, aim.around(i, dot + "/", ""));
            trials.target(shape, behind(aim, dot));
            trials.target(shape, behind(aim, dot) + "/");
        }));
        for (String entrance : aim.entrances()) {
            trials.target(Shape.DOUBLED_SLASHES, entrance + "//.." + aim.path());
            trials.target(Shape.DOT_SEGMENTS, "/." + entrance + "/./.." + aim.path());
        }
    }

    private static void parent(Trials trials, Shape shape, String parent) {
        Aim aim = trials.aim;
        for (String entrance : aim.entrances()) {
            int depth = (int) entrance.chars().filter(c -> c == '/').count();
            trials.target(shape, entrance + ("/" + parent).repeat(depth) + aim.path());
            trials.target(shape, entrance + "/x" + ("/" + parent).repeat(depth + 1) + aim.path());
        }
        trials.target(shape, "/" + parent + aim.path());
        trials.target(shape, behind(aim, "x/" + parent));
        List<String> segments = aim.segments();
        if (!segments.isEmpty()) trials.target(shape, behind(aim, parent + "/" + segments.getLast()));
        for (int i = 0; i < segments.size(); i++) trials.target(shape, aim.around(i, "x/" + parent + "/", ""));
    }

    private static String behind(Aim aim, String text) {
        return (aim.path().endsWith("/") ? aim.path() : aim.path() + "/") + text;
    }
}
