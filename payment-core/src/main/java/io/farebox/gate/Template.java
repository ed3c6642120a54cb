package io.farebox.gate;

import io.farebox.x402.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * ASCII JSON with gaps inside its strings for what differs between requests: cut up once, put together for each of them.
 * Immutable.
 */
final class Template {
    // JSON writers escape control characters, so no other text is written like these.
    static final String URL = "\u0001";
    static final String ERROR = "\u0002";

    /** What stands before a route's own path in the path of its URLs. */
    static final String BASE = "\u0003";

    /** What a payer signs to show a transfer. */
    static final String CHALLENGE = "\u0004";

    private static final List<String> ESCAPED = List.of("\\u0001", "\\u0002", "\\u0003", "\\u0004");

    private final List<byte[]> texts = new ArrayList<>();
    private final List<Integer> gaps = new ArrayList<>();
    private final byte[] last;

    /** @param json as {@link Json} writes it, with {@link #URL}, {@link #ERROR} and {@link #BASE} where the gaps are */
    Template(String json) {
        int from = 0;
        int i = json.indexOf('\\');
        while (i >= 0) {
            int gap = gap(json, i);
            if (gap >= 0) {
                texts.add(ascii(json.substring(from, i)));
                gaps.add(gap);
                from = i + ESCAPED.get(gap).length();
            }
            // An escaped backslash is two characters, of which the second begins nothing.
            i = json.indexOf('\\', gap >= 0 ? from : i + 2);
        }
        last = ascii(json.substring(from));
    }

    private static int gap(String json, int at) {
        for (int i = 0; i < ESCAPED.size(); i++) if (json.startsWith(ESCAPED.get(i), at)) return i;
        return -1;
    }

    byte[] fill(String url, String error, String base) {
        return fill(url, error, base, "");
    }

    byte[] fill(String url, String error, String base, String challenge) {
        byte[][] fillings = {quoted(url), quoted(error), quoted(base), quoted(challenge)};
        int length = last.length;
        for (int i = 0; i < texts.size(); i++) length += texts.get(i).length + fillings[gaps.get(i)].length;
        byte[] out = new byte[length];
        int at = 0;
        for (int i = 0; i < texts.size(); i++) {
            at = put(out, at, texts.get(i));
            at = put(out, at, fillings[gaps.get(i)]);
        }
        put(out, at, last);
        return out;
    }

    private static int put(byte[] out, int at, byte[] text) {
        System.arraycopy(text, 0, out, at, text.length);
        return at + text.length;
    }

    /** The text as it stands between the quotes of a JSON string. */
    private static byte[] quoted(String text) {
        if (isPlain(text)) return ascii(text);
        String quoted = Json.write(text);
        return ascii(quoted.substring(1, quoted.length() - 1));
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') return false;
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
