package io.farebox.probe.corpus;

/** What is odd about a request. The names, in lower case, are those of the report: they are added to and never renamed. */
public enum Shape {
    PLAIN("the route as it is", "Put the gate in front of this route, in mode enforce, with this price list."),
    DOT_SEGMENTS("dot segments", "Refuse paths with . and .. before routing; do not tidy them up."),
    ENCODED_DOTS("encoded dot segments", "Refuse %2e before routing."),
    DOUBLED_SLASHES("doubled slashes", "Refuse // before routing."),
    PATH_PARAMETERS("path parameters", "Refuse ; and %3b before routing."),
    ENCODED_SLASHES("encoded slashes and backslashes", "Refuse %2f, %5c and backslashes before routing."),
    CONTROL_CHARACTERS("control characters", "Refuse encoded NUL, line breaks and line separators before routing."),
    DOUBLE_ENCODING("double encoding", "Refuse %25 in paths before routing."),
    BROKEN_ENCODING("broken encoding", "Answer 400 to what is no RFC 3986 path; a parse error must never mean free."),
    ENCODED_LETTERS("encoded letters", "Match prices against the decoded path."),
    LETTER_CASE("letter case", "Match prices without regard to letter case, as this server does."),
    LOOKALIKES("look-alike letters", "Refuse letters that this server folds into those of a priced path."),
    ENDINGS("endings", "Price what this server serves for the path with something behind it, or refuse it."),
    QUERIES("queries and fragments", "Cut the path off at the question mark, and refuse fragments."),
    TARGET_FORMS("other forms of target", "Take targets that begin with a single slash only."),
    METHODS("methods", "Refuse methods that are not served; price HEAD like GET; spell methods in capitals."),
    METHOD_OVERRIDES("method overrides", "Remove X-HTTP-Method-Override and its kin on the way to the server."),
    REWRITE_HEADERS(
            "rewriting headers", "Remove X-Original-URL, X-Rewrite-URL and their kin on the way to the server."),
    FORWARDED_HEADERS("forwarding headers", "Trust X-Forwarded-* and Forwarded from your own proxies only."),
    HOSTS("hosts", "Refuse more than one Host, and take names from the configuration, never from Host."),
    FAREBOX_HEADERS("forged X-Farebox headers", "Remove X-Farebox-* that clients send."),
    PAYMENT_HEADERS("empty and broken payments", "What is no payment is 400 or 402, never a free pass."),
    HOP_BY_HOP("hop-by-hop tricks", "Do not let Connection remove headers that the gate relies on."),
    PROTOCOL_VERSIONS("protocol versions", "Price HTTP/1.0 too, and refuse versions that do not exist."),
    UPGRADES("upgrades", "Do not pass Upgrade on to the server on priced paths."),
    MIXED("mixtures", "Refuse what can be read in more than one way before routing."),
    LEGAL("plain legal URLs", "Pass what RFC 3986 allows and nobody can misread.");

    private final String title;
    private final String remedy;

    Shape(String title, String remedy) {
        this.title = title;
        this.remedy = remedy;
    }

    /** For people, in lower case. */
    public String title() {
        return title;
    }

    /** How to mend a server that serves a priced route for this shape. */
    public String remedy() {
        return remedy;
    }
}
