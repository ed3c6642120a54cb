package io.farebox.probe.corpus;

import java.util.ArrayList;
import java.util.List;

/** The route by every other method, and by words that are none. */
final class MethodShapes {
    /** Nothing that a server known to us acts on by changing something. */
    static final List<String> SAFE = List.of(
            "GET",
            "HEAD",
            "OPTIONS",
            "TRACE",
            "TRACK",
            "CONNECT",
            "PROPFIND",
            "REPORT",
            "SEARCH",
            "QUERY",
            "get",
            "Get",
            "gET",
            "head",
            "options",
            "FOO",
            "GETT",
            "GE",
            "G",
            "XGET",
            "GET/",
            "GET,HEAD",
            "GET%20",
            "_GET",
            "-",
            "1",
            "*",
            "\"GET\"",
            "G\u00c9T",
            "GET\t",
            "HEAD\t",
            "VERYLONGMETHOD".repeat(8));

    private static final List<String> UNSAFE = List.of(
            "POST", "PUT", "PATCH", "DELETE", "post", "Post", "PoSt", "put", "delete", "PURGE", "LOCK", "MKCOL");

    private MethodShapes() {}

    static List<String> allowed(boolean unsafe) {
        List<String> methods = new ArrayList<>(SAFE);
        if (unsafe) methods.addAll(UNSAFE);
        return methods;
    }

    static void add(Trials trials) {
        Aim aim = trials.aim;
        for (String method : allowed(trials.unsafe)) {
            if (!method.equals(aim.method())) trials.method(method, aim.path());
            trials.method(method, aim.path() + "/");
            trials.method(method, aim.path() + "?x=1");
            trials.headers(Shape.MIXED, method, "/" + aim.path());
        }
        trials.method("OPTIONS", "*");
        trials.method("CONNECT", aim.authority());
        trials.method("CONNECT", aim.authority() + aim.path());
    }
}
