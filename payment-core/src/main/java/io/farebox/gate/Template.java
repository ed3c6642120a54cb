package io.farebox.gate;

import io.farebox.x402.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * ASCII JSON with gaps inside its strings for the resource's URL and the error: cut up once, put together for each request.
 * Immutable.
 */
final class Template {
    // JSON writers escape control characters, so no other text is written like these two.
    static final String URL = "\u0001";
    static final String ERROR = "\u0002";
    private static final String ESCAPED_URL = "\\u0001";
    private static final String ESCAPED_ERROR = "\\u0002";

    private final List<byte[]> texts = new ArrayList<>();
    private final List<Boolean> urls = new ArrayList<>();
    private final byte[] last;

    /** @param json as {@link Json} writes it, with {@link #URL} and {@link #ERROR} where the gaps are */
    Template(String json) {
        int from = 0;
        int i = json.indexOf('\\');
        while (i >= 0) {
            boolean url = json.startsWith(ESCAPED_URL, i);
            boolean gap = url || json.startsWith(ESCAPED_ERROR, i);
            if (gap) {
                texts.add(ascii(json.substring(from, i)));
                urls.add(url);
                from = i + ESCAPED_URL.length();
            }
            // An escaped backslash is two characters, of which the second begins nothing.
            i = json.indexOf('\\', gap ? from : i + 2);
        }
        last = ascii(json.substring(from));
    }

    byte[] fill(String url, String error) {
        byte[] urlText = quoted(url);
        byte[] errorText = quoted(error);
        int length = last.length;
        for (int i = 0; i < texts.size(); i++) {
            length += texts.get(i).length + (urls.get(i) ? urlText : errorText).length;
        }
        byte[] out = new byte[length];
        int at = 0;
        for (int i = 0; i < texts.size(); i++) {
            at = put(out, at, texts.get(i));
            at = put(out, at, urls.get(i) ? urlText : errorText);
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
