package io.farebox.testkit.host;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it came over the wire.
 *
 * @param status 0 if nothing came
 * @param body with chunks joined
 * @param whole whether the body is as long as announced
 * @param wire everything, byte for byte
 */
public record RawAnswer(int status, List<Map.Entry<String, String>> headers, String body, boolean whole, String wire) {
    static RawAnswer parse(byte[] bytes) {
        String wire = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = wire.indexOf("\r\n\r\n");
        if (end < 0) return new RawAnswer(0, List.of(), "", false, wire);
        String[] lines = wire.substring(0, end).split("\r\n");
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.add(Map.entry(
                    lines[i].substring(0, colon), lines[i].substring(colon + 1).strip()));
        }
        int status = Integer.parseInt(lines[0].substring(9, 12));
        RawAnswer head = new RawAnswer(status, headers, "", true, wire);
        return head.withBody(wire.substring(end + 4));
    }

    /** The connection was reset: a body that ends with the connection did not end. */
    RawAnswer brokenOff() {
        boolean delimited = header("Content-Length") != null || header("Transfer-Encoding") != null;
        return new RawAnswer(status, headers, body, whole && delimited, wire);
    }

    private RawAnswer withBody(String rest) {
        String length = header("Content-Length");
        if ("chunked".equalsIgnoreCase(header("Transfer-Encoding"))) return dechunked(rest);
        boolean complete = length == null || rest.length() == Integer.parseInt(length);
        return new RawAnswer(status, headers, rest, complete, wire);
    }

    private RawAnswer dechunked(String rest) {
        var out = new ByteArrayOutputStream();
        for (int at = 0; ; ) {
            int line = rest.indexOf("\r\n", at);
            if (line < 0) return with(out, false);
            int size = Integer.parseInt(rest.substring(at, line).strip(), 16);
            if (size == 0) return with(out, true);
            if (line + 2 + size > rest.length()) return with(out, false);
            out.writeBytes(rest.substring(line + 2, line + 2 + size).getBytes(StandardCharsets.ISO_8859_1));
            at = line + 2 + size + 2;
        }
    }

    private RawAnswer with(ByteArrayOutputStream body, boolean complete) {
        return new RawAnswer(status, headers, body.toString(StandardCharsets.ISO_8859_1), complete, wire);
    }

    /** The first value of a header, or null. */
    public @Nullable String header(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? null : values.getFirst();
    }

    /** All values of a header. */
    public List<String> all(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }
}
