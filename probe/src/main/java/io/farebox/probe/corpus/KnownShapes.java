package io.farebox.probe.corpus;

import java.util.Set;

/**
 * Shapes that were measured to reach a priced handler of some server through a stock gateway, or to be free for some payment
 * filter. Every run begins with them.
 */
final class KnownShapes {
    private KnownShapes() {}

    static Set<Trial> of(Aim aim) {
        var trials = new Trials(aim, false);
        String path = aim.path();
        String free = aim.entrances().getFirst();
        String up = "/..".repeat((int) free.chars().filter(c -> c == '/').count());
        trials.target(Shape.PATH_PARAMETERS, path + ";x");
        trials.target(Shape.DOUBLED_SLASHES, "/" + path);
        trials.target(Shape.DOT_SEGMENTS, "/." + path);
        trials.target(Shape.DOT_SEGMENTS, free + up + path);
        trials.target(Shape.ENCODED_DOTS, free + up.replace(".", "%2e") + path);
        trials.target(Shape.ENCODED_DOTS, "/%2e" + path);
        trials.target(Shape.PATH_PARAMETERS, free + up.replace("..", "..;") + path);
        trials.target(Shape.PATH_PARAMETERS, free + up.replace("..", "..;x") + path);
        trials.target(Shape.PATH_PARAMETERS, free + up.replace("..", "%2e%2e;") + path);
        trials.target(Shape.DOUBLED_SLASHES, free + "/" + up + path);
        trials.target(Shape.ENCODED_DOTS, free + "/x" + (up + "/..").replace(".", "%2e") + path);
        trials.target(Shape.PATH_PARAMETERS, "/;a=b" + path);
        trials.target(Shape.ENCODED_SLASHES, free + "/..%2f" + path.substring(1));
        for (String end : new String[] {"%2fx", "%5c", "%00"}) trials.target(Shape.ENCODED_SLASHES, path + end);
        for (String end : new String[] {"%", "%zz", "|", "^", "{}", "[1]", "%c0", "%u0070"}) {
            trials.target(Shape.BROKEN_ENCODING, path + end);
        }
        for (String end : new String[] {"/", ".", "%20", "%3bx"}) trials.target(Shape.ENDINGS, path + end);
        trials.target(Shape.LETTER_CASE, path.toUpperCase(java.util.Locale.ROOT));
        trials.target(Shape.TARGET_FORMS, "http://" + FormShapes.STRANGER + path);
        trials.target(Shape.QUERIES, path + "#x");
        for (String method : new String[] {"HEAD", "get", "FOO", "PROPFIND", "TRACE", "CONNECT", "OPTIONS"}) {
            trials.method(method, path);
        }
        return trials.all();
    }
}
