package io.farebox.probe.corpus;

import io.farebox.gate.Header;
import java.util.List;

/** Headers by which some server is told another path, method, name or history of the request. */
final class HeaderShapes {
    private static final List<String> OVERRIDES = List.of(
            "X-HTTP-Method-Override",
            "X-HTTP-Method",
            "X-Method-Override",
            "X-Original-Method",
            "X-Forwarded-Method",
            "X-Rewrite-Method",
            "_method");
    private static final List<String> REWRITES = List.of(
            "X-Original-URL",
            "X-Original-URI",
            "X-Rewrite-URL",
            "X-Rewrite-URI",
            "X-Original-Path",
            "X-Override-URL",
            "X-Forwarded-Uri",
            "X-Forwarded-Url",
            "X-Forwarded-Path",
            "X-Forwarded-Prefix",
            "X-Envoy-Original-Path",
            "X-Envoy-Decorator-Operation",
            "X-Accel-Redirect",
            "X-Sendfile",
            "X-Real-URL",
            "X-Proxy-URL",
            "X-WAP-Profile",
            "X-Replaced-Path",
            "X-Script-Name",
            "SCRIPT_NAME",
            "PATH_INFO",
            "REQUEST_URI",
            "X-Path",
            "Request-Uri",
            "Uri",
            "Base-Url",
            "Destination",
            "Referer",
            "Content-Location",
            "Location");
    private static final List<String> PREFIXES =
            List.of("X-Forwarded-Prefix", "X-Script-Name", "X-Forwarded-Path", "X-Ingress-Path", "X-Forwarded-Context");

    private HeaderShapes() {}

    static void add(Trials trials) {
        overrides(trials);
        rewrites(trials);
        ForgedHeaders.add(trials);
    }

    private static void overrides(Trials trials) {
        Aim aim = trials.aim;
        List<String> free = aim.entrances();
        for (String name : OVERRIDES) {
            for (String method : List.of("GET", "HEAD", "OPTIONS", "TRACE", "get", "FOO", "")) {
                trials.headers(Shape.METHOD_OVERRIDES, new Header(name, method));
                trials.headers(Shape.METHOD_OVERRIDES, "OPTIONS", aim.path(), new Header(name, method));
                trials.headers(Shape.METHOD_OVERRIDES, "HEAD", aim.path(), new Header(name, method));
            }
            if (!trials.unsafe) continue;
            for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
                trials.headers(Shape.METHOD_OVERRIDES, new Header(name, method));
                trials.headers(Shape.METHOD_OVERRIDES, method, aim.path(), new Header(name, aim.method()));
                trials.headers(Shape.METHOD_OVERRIDES, method, free.getFirst(), new Header(name, aim.method()));
            }
        }
    }

    /** A free path on the wire, the priced one in a header; and the other way round. */
    private static void rewrites(Trials trials) {
        Aim aim = trials.aim;
        String method = aim.method();
        for (String name : REWRITES) {
            for (String entrance : aim.entrances()) {
                trials.headers(Shape.REWRITE_HEADERS, method, entrance, new Header(name, aim.path()));
                trials.headers(Shape.REWRITE_HEADERS, new Header(name, entrance));
            }
            trials.headers(Shape.REWRITE_HEADERS, method, "/", new Header(name, aim.path()));
            trials.headers(
                    Shape.REWRITE_HEADERS, method, "/", new Header(name, "http://" + aim.authority() + aim.path()));
        }
        List<String> segments = aim.segments();
        if (segments.isEmpty()) return;
        int last = aim.path().lastIndexOf('/');
        String front = last == 0 ? "/" : aim.path().substring(0, last);
        String back = aim.path().substring(last);
        for (String name : PREFIXES) {
            trials.headers(Shape.REWRITE_HEADERS, method, back, new Header(name, front));
            trials.headers(Shape.REWRITE_HEADERS, method, "/", new Header(name, aim.path()));
            trials.headers(Shape.REWRITE_HEADERS, new Header(name, "/.."));
            trials.headers(Shape.REWRITE_HEADERS, new Header(name, front));
        }
    }
}
