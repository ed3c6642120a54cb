package io.farebox.probe.corpus;

import java.util.List;

/** Slashes that are two, that are encoded, or that only look like slashes; and what stands behind a semicolon. */
final class SlashShapes {
    private static final List<String> DOUBLED = List.of("//", "///", "////");
    private static final List<String> ENCODED = List.of(
            "%2f",
            "%2F",
            "/%2f",
            "%2f/",
            "%2f%2f",
            "\\",
            "/\\",
            "\\/",
            "%5c",
            "%5C",
            "/%5c",
            "%5c%2f",
            "%ef%bc%8f",
            "%e2%88%95",
            "%e2%81%84");
    private static final List<String> TWICE = List.of("%252f", "%255c", "/%252f", "%25%32%66");
    private static final List<String> OVERLONG =
            List.of("%c0%af", "%c1%9c", "%e0%80%af", "%f0%80%80%af", "%u002f", "%u2215");
    private static final List<String> PARAMETERS = List.of(
            ";",
            ";x",
            ";a=b",
            ";jsessionid=1",
            ";JSESSIONID=0A1B",
            ";%20",
            ";x=..",
            ";/",
            ";x/",
            "%3b",
            "%3B",
            "%3bx",
            ";a=b;c=d",
            ";%2f..",
            ";.css",
            ";x.json",
            ";%00");

    private SlashShapes() {}

    static void add(Trials trials) {
        each(trials, Shape.DOUBLED_SLASHES, DOUBLED);
        each(trials, Shape.ENCODED_SLASHES, ENCODED);
        each(trials, Shape.DOUBLE_ENCODING, TWICE);
        each(trials, Shape.BROKEN_ENCODING, OVERLONG);
        parameters(trials);
    }

    private static void each(Trials trials, Shape shape, List<String> slashes) {
        Aim aim = trials.aim;
        for (String slash : slashes) {
            for (int i = 0; i < aim.segments().size(); i++) trials.target(shape, aim.slash(i, slash));
            trials.target(shape, aim.path() + slash);
            trials.target(shape, aim.path() + slash + "x");
            for (String entrance : aim.entrances()) {
                trials.target(Shape.MIXED, entrance + slash + ".." + aim.path());
                trials.target(Shape.MIXED, entrance + "/.." + slash + aim.path().substring(1));
            }
        }
    }

    private static void parameters(Trials trials) {
        Aim aim = trials.aim;
        for (String parameter : PARAMETERS) {
            for (int i = 0; i < aim.segments().size(); i++) {
                trials.target(Shape.PATH_PARAMETERS, aim.around(i, "", parameter));
                trials.target(Shape.PATH_PARAMETERS, aim.around(i, parameter + "/", ""));
                trials.target(Shape.PATH_PARAMETERS, aim.around(i, parameter, ""));
            }
            trials.target(Shape.PATH_PARAMETERS, aim.path() + "/" + parameter);
            for (String entrance : aim.entrances()) {
                trials.target(Shape.MIXED, entrance + parameter + "/.." + aim.path());
            }
        }
    }
}
