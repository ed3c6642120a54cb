package io.farebox.testkit.facilitator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request that the stub got.
 *
 * @param headers by name, case ignored
 */
public record Exchange(String method, String target, Map<String, String> headers, String body) {
    private static final int MAX_HEAD = 64 * 1024;

    /** Reads one request; null if the connection ended instead. */
    static @Nullable Exchange read(InputStream in) throws IOException {
        String head = head(in);
        if (head == null) return null;
        String[] lines = head.split("\r\n");
        String[] first = lines[0].split(" ");
        if (first.length != 3) throw new IOException("not HTTP");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) return null;
        return new Exchange(first[0], first[1], headers, new String(body, StandardCharsets.UTF_8));
    }

    private static @Nullable String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int ended = 0;
        while (ended < 4) {
            int next = in.read();
            if (next < 0) return null;
            if (head.size() == 0 && (next < 'A' || next > 'Z')) throw new IOException("not HTTP, perhaps TLS");
            ended = next == "\r\n\r\n".charAt(ended) ? ended + 1 : next == '\r' ? 1 : 0;
            head.write(next);
            if (head.size() > MAX_HEAD) throw new IOException("head too long");
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }
}
