package io.farebox.app.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes out of URLs what may be a key: values in the query, and words in the path that nobody could have thought up. */
final class Urls {
    private static final Pattern URL =
            Pattern.compile("\\b(?:https?|wss?)://[^\\s\"'<>\\])}]++", Pattern.CASE_INSENSITIVE);
    private static final Pattern QUERY_VALUE = Pattern.compile("=[^&#]++");
    private static final Pattern KEY_SEGMENT =
            Pattern.compile("/(?=[^/]*[0-9])(?=[^/]*[A-Za-z])[A-Za-z0-9_-]{16,}+(?=/|$)");

    private Urls() {}

    static String clean(String text) {
        if (!text.contains("://")) return text;
        return URL.matcher(text).replaceAll(url -> Matcher.quoteReplacement(cleanUrl(url.group())));
    }

    private static String cleanUrl(String url) {
        int query = url.indexOf('?');
        String path = KEY_SEGMENT
                .matcher(query < 0 ? url : url.substring(0, query))
                .replaceAll("/" + Matcher.quoteReplacement(Redaction.HIDDEN));
        if (query < 0) return path;
        String values = QUERY_VALUE.matcher(url.substring(query)).replaceAll("=" + Redaction.HIDDEN);
        // A query without values is a value itself.
        return path + (values.indexOf('=') < 0 ? "?" + Redaction.HIDDEN : values);
    }
}
