package io.farebox.probe.corpus;

import java.util.List;
import java.util.Map;

/** Octets that one reader drops, trims or chokes on, at the places where they would be dropped, trimmed or choked on. */
final class OctetShapes {
    private static final Map<Shape, List<String>> OCTETS = Map.of(
            Shape.CONTROL_CHARACTERS,
            List.of(
                    "%00",
                    "%01",
                    "%08",
                    "%09",
                    "%0a",
                    "%0A",
                    "%0b",
                    "%0c",
                    "%0d",
                    "%0d%0a",
                    "%0d%0aX:1",
                    "%1f",
                    "%20",
                    "%7f",
                    "%c2%85",
                    "%c2%a0",
                    "%c2%ad",
                    "%e2%80%8b",
                    "%e2%80%a8",
                    "%e2%80%a9",
                    "%ef%bb%bf",
                    "\t",
                    " ",
                    "\u0001",
                    "\u000b",
                    "\u007f",
                    "\u0085",
                    "\u00a0",
                    "\u00ad"),
            Shape.BROKEN_ENCODING,
            List.of(
                    "%",
                    "%%",
                    "%2",
                    "%zz",
                    "%c0",
                    "%c0%c1%",
                    "%e2%80",
                    "%f0%9f",
                    "%ed%a0%80",
                    "%ff",
                    "%fe%ff",
                    "%80",
                    "%u0000",
                    "%u0020",
                    "%u0070",
                    "%x41",
                    "%+1",
                    "[1]",
                    "[]",
                    "[",
                    "]",
                    "|",
                    "^",
                    "{}",
                    "{x}",
                    "<",
                    ">",
                    "\"",
                    "`",
                    "<x>",
                    "\u00e9",
                    "\u00ff",
                    "%0"),
            Shape.DOUBLE_ENCODING,
            List.of("%25", "%2500", "%2520", "%250a", "%253b", "%253f", "%2523", "%25%30%30", "%2525"));

    private OctetShapes() {}

    static void add(Trials trials) {
        Aim aim = trials.aim;
        OCTETS.forEach((shape, octets) -> octets.forEach(octet -> {
            trials.target(shape, aim.path() + octet);
            trials.target(shape, aim.path() + "/" + octet);
            trials.target(shape, "/" + octet + aim.path());
            int last = aim.segments().size() - 1;
            for (int i = 0; i <= last; i++) {
                trials.target(shape, aim.around(i, octet, ""));
                if (i < last) trials.target(shape, aim.around(i, "", octet));
            }
            if (last >= 0) trials.target(shape, inside(aim, last, octet));
            for (String entrance : aim.entrances()) trials.target(Shape.MIXED, entrance + octet + "/.." + aim.path());
        }));
    }

    private static String inside(Aim aim, int segment, String octet) {
        String text = aim.segments().get(segment);
        int middle = text.length() / 2;
        // Not into an escape that is already there.
        if (text.indexOf('%') >= 0) middle = 0;
        String path = aim.around(segment, "", "");
        int start = path.length() - text.length();
        return path.substring(0, start + middle) + octet + path.substring(start + middle);
    }
}
