package io.farebox.probe.corpus;

import java.util.List;

/** What may stand behind a path without changing, for some servers, what is served. */
final class EndingShapes {
    private static final List<String> ENDINGS = List.of(
            "/",
            ".",
            "..",
            "...",
            "/.x",
            "~",
            ",",
            "!",
            ":",
            "::$DATA",
            ":$i30",
            "*",
            "+",
            "&",
            "&x=y",
            "=",
            "@",
            "$",
            "'",
            ".json",
            ".xml",
            ".html",
            ".htm",
            ".css",
            ".js",
            ".png",
            ".ico",
            ".txt",
            ".jsp",
            ".do",
            ".action",
            ".php",
            ".bak",
            ".json/",
            "/index",
            "/index.html",
            "/index.json",
            "/index.php",
            "/default.aspx",
            "/x",
            "/1",
            "/a/b/c",
            "/.json",
            "/favicon.ico",
            "/robots.txt",
            "/style.css",
            "/x.css",
            "/null",
            "/undefined",
            "/health",
            "/-",
            "/_",
            "%2ejson",
            "%2ecss",
            "%2fx.css",
            "%3f.css",
            "%23.css");
    private static final List<String> QUERIES = List.of(
            "?",
            "??",
            "?x",
            "?x=1",
            "?&",
            "?=",
            "?/",
            "?/../..",
            "?;",
            "?;x",
            "?#",
            "?x#y",
            "#",
            "#x",
            "#/../x",
            "/#x",
            "%3f",
            "%3Fx",
            "%3fx=1",
            "%23",
            "%23x",
            "?%00",
            "?%",
            "?%zz",
            "?\u00e9",
            "?[]",
            "?a[]=b",
            "?{x}",
            "?|",
            "?_method=GET",
            "?_method=HEAD",
            "?method=OPTIONS",
            "?X-HTTP-Method-Override=HEAD",
            "?x-payment=1",
            "?free=true",
            "?debug=1",
            "?format=json",
            "?callback=x",
            "?_escaped_fragment_=",
            "?wsdl",
            "?.css",
            "?x=.css",
            "?x\ty",
            "?x y",
            "?\u0001");

    private EndingShapes() {}

    static void add(Trials trials) {
        Aim aim = trials.aim;
        for (String ending : ENDINGS) {
            trials.target(Shape.ENDINGS, aim.path() + ending);
            if (aim.segments().size() > 1) trials.target(Shape.ENDINGS, aim.around(0, "", ending));
        }
        for (String query : QUERIES) trials.target(Shape.QUERIES, aim.path() + query);
        for (String entrance : aim.entrances()) {
            trials.target(Shape.QUERIES, entrance + "?" + aim.path());
            trials.target(Shape.QUERIES, entrance + "?/.." + aim.path());
            trials.target(Shape.QUERIES, entrance + "%3f/.." + aim.path());
            trials.target(Shape.QUERIES, entrance + "#/.." + aim.path());
            trials.target(Shape.QUERIES, entrance + "?url=" + aim.path());
            trials.target(Shape.ENDINGS, entrance + aim.path());
        }
    }
}
