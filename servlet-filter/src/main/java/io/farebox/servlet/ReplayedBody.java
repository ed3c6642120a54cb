package io.farebox.servlet;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request body of which we have read the beginning, so that the gate can tell one request from another, and which the
 * resource reads as if we had not. Forms are parsed here, because a container parses only what it reads itself; multipart
 * bodies are left alone for that reason.
 */
final class ReplayedBody {
    /** Bodies up to this many bytes are read. */
    static final int LIMIT = 64 * 1024;

    private final HttpServletRequest request;
    private final byte[] start;
    private final boolean whole;
    private @Nullable ServletInputStream stream;
    private @Nullable BufferedReader reader;
    private @Nullable Map<String, String[]> parameters;

    private ReplayedBody(HttpServletRequest request, byte[] start, boolean whole) {
        this.request = request;
        this.start = start;
        this.whole = whole;
    }

    /** Reads the beginning of a body that is short enough, or of unknown length; null if there is nothing to read. */
    static @Nullable ReplayedBody read(HttpServletRequest request) throws IOException {
        if (isEmpty(request) || request.getContentLengthLong() > LIMIT || isMultipart(request)) return null;
        byte[] bytes = request.getInputStream().readNBytes(LIMIT + 1);
        return new ReplayedBody(request, bytes, bytes.length <= LIMIT);
    }

    /** SHA-256 in hexadecimal, the empty string for no body, null for one that was not read to its end. */
    static @Nullable String digest(HttpServletRequest request, @Nullable ReplayedBody body) {
        if (body == null) return isEmpty(request) ? "" : null;
        if (!body.whole) return null;
        return body.start.length == 0 ? "" : HexFormat.of().formatHex(sha256(body.start));
    }

    /** Whether the request says that it has no body. */
    private static boolean isEmpty(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        if (length >= 0) return length == 0;
        // HTTP/2 bodies announce nothing; a body on GET and its like has no meaning in any version.
        if (request.getHeader("Transfer-Encoding") != null) return false;
        return switch (request.getMethod()) {
            case "GET", "HEAD", "OPTIONS", "DELETE" -> true;
            default -> request.getProtocol().startsWith("HTTP/1");
        };
    }

    private static boolean isMultipart(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether the container would have parsed this body for {@code getParameter}. */
    boolean isForm() {
        String type = request.getContentType();
        return whole
                && request.getMethod().equals("POST")
                && type != null
                && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    }

    /** The parameters of query and form. As in a container, they are gone once the resource has begun to read the body. */
    Map<String, String[]> parameters() {
        if (parameters == null) {
            FormParameters parsed = new FormParameters();
            String query = request.getQueryString();
            if (query != null) parsed.add(query, StandardCharsets.UTF_8);
            if (stream == null) parsed.add(new String(start, StandardCharsets.ISO_8859_1), charset());
            parameters = parsed.asMap();
        }
        return parameters;
    }

    ServletInputStream stream() throws IOException {
        if (reader != null) throw new IllegalStateException("getReader() was called before");
        return open();
    }

    private ServletInputStream open() throws IOException {
        if (stream == null) stream = new ReplayedStream(start, request.getInputStream());
        return stream;
    }

    BufferedReader reader() throws IOException {
        if (reader == null) {
            if (stream != null) throw new IllegalStateException("getInputStream() was called before");
            reader = new BufferedReader(new InputStreamReader(open(), charset()));
        }
        return reader;
    }

    private Charset charset() {
        String name = request.getCharacterEncoding();
        if (name == null) return isForm() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
