package io.farebox.app.log;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.regex.Pattern;

/**
 * Takes out of a text what may be secret: payment headers and other credentials by their names, signatures, keys, and the values
 * of secrets that are known. It errs on the side of hiding. Thread-safe.
 */
final class Redaction {
    static final String HIDDEN = "[redacted]";

    /** Shorter ones are words, and would be hidden everywhere. */
    private static final int SHORTEST_SECRET = 8;

    /** What has no colon, no equals sign and no word of its own is told by its length: 32 bytes in hexadecimal and more. */
    private static final int SHORTEST_KEY = 64;

    private record Rule(Pattern pattern, String replacement) {
        static Rule of(String pattern, String replacement) {
            return new Rule(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE), replacement);
        }
    }

    private static final List<Rule> RULES = List.of(
            Rule.of("-----BEGIN [A-Z ]*+PRIVATE KEY-----[\\s\\S]*?(?:-----END [A-Z ]*+PRIVATE KEY-----|\\z)", HIDDEN),
            // Headers, as in a request, a map or JSON: all of the value.
            Rule.of(
                    "\\b(x-payment(?:-tx|-proof|-token|-response)?|payment-(?:signature|required|response)"
                            + "|(?:proxy-)?authorization|(?:set-)?cookie|x-api-key)(\"?\\s*+[:=]\\s*+[\"\\[]*+)[^\\r\\n\"\\]}]++",
                    "$1$2" + HIDDEN),
            // Settings, as in URLs and JSON: one word.
            Rule.of(
                    "\\b((?:[a-z]++[-_.])*+(?:password|passwd|pwd|secret|mnemonic|token|signature|(?:api|access|private|secret)[-_]?key))"
                            + "(\"\\s*+:\\s*+\"|=)[^\\s&;,\"')}\\]]++",
                    "$1$2" + HIDDEN),
            Rule.of("\\b(bearer)\\s++(?=[a-z._~+/=-]*+[0-9])[a-z0-9._~+/=-]{8,}+", "$1 " + HIDDEN),
            // JSON in base64: payments, challenges, JWTs.
            Rule.of("\\beyJ[a-z0-9_+/-]{10,}+=*+(?:\\.[a-z0-9_-]*+)*+", HIDDEN),
            // Tokens of ours, wherever they stand.
            Rule.of("farebox_[a-z0-9_-]{43}", HIDDEN),
            Rule.of("\\b(?:0x)?[0-9a-f]{128,}+", HIDDEN),
            // What has the form of a private key, unless it is said to be something else.
            Rule.of(
                    "(?<!(?:transaction|tx|hash|block|nonce|digest)[\\s\"':=]{1,4})(?<![0-9a-z])(?:0x)?[0-9a-f]{64}(?![0-9a-z])",
                    HIDDEN),
            Rule.of("\\b([a-z][a-z0-9+.-]*+://)[^\\s/@\"'<>]*+@", "$1" + HIDDEN + "@"));

    private final Set<String> secrets = new CopyOnWriteArraySet<>();

    /** Hides these values wherever they come up from now on. */
    void hide(Collection<String> values) {
        values.stream().filter(value -> value.length() >= SHORTEST_SECRET).forEach(secrets::add);
    }

    /** Whether any rule could find something: most fields are plain words, and a line of log is written for every payment. */
    private static boolean mayHold(String text) {
        if (text.length() >= SHORTEST_KEY) return true;
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case ':', '=' -> {
                    return true;
                }
                case 'e', 'E' -> {
                    if (text.regionMatches(true, i, "eyj", 0, 3)) return true;
                }
                case 'f', 'F' -> {
                    if (text.regionMatches(true, i, "farebox_", 0, 8)) return true;
                }
                case 'b', 'B' -> {
                    if (text.regionMatches(true, i, "bearer", 0, 6)) return true;
                }
                default -> {}
            }
        }
        return false;
    }

    /** The text without what may be secret. */
    String clean(String text) {
        String clean = text;
        for (String secret : secrets) clean = clean.replace(secret, HIDDEN);
        if (!mayHold(clean)) return clean;
        clean = Urls.clean(clean);
        for (Rule rule : RULES) clean = rule.pattern().matcher(clean).replaceAll(rule.replacement());
        return clean;
    }
}
