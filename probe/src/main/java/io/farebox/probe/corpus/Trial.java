package io.farebox.probe.corpus;

import io.farebox.gate.Header;
import java.util.List;

/**
 * A request to try, as it is written on the wire.
 *
 * @param shape what is odd about it
 * @param aim id of the route it is aimed at; empty if at none
 * @param method as sent, which need not be one
 * @param target as sent, one character per octet; no line breaks
 * @param headers besides the usual {@code Host}
 * @param version such as {@code HTTP/1.1}
 * @param named whether the usual {@code Host} is sent
 */
public record Trial(
        Shape shape, String aim, String method, String target, List<Header> headers, String version, boolean named) {
    /** The version that is sent unless the trial is about versions. */
    public static final String USUAL_VERSION = "HTTP/1.1";

    public Trial {
        headers = List.copyOf(headers);
        requireOneLine(method);
        requireOneLine(target);
        requireOneLine(version);
        headers.forEach(header -> {
            requireOneLine(header.name());
            requireOneLine(header.value());
        });
    }

    /** A request with nothing odd but its method, target and headers. */
    public static Trial of(Shape shape, String aim, String method, String target, Header... headers) {
        return new Trial(shape, aim, method, target, List.of(headers), USUAL_VERSION, true);
    }

    /** The same request by another method. */
    public Trial by(String other) {
        return new Trial(shape, aim, other, target, headers, version, named);
    }

    private static void requireOneLine(String part) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '\r' || c == '\n' || c == 0 || c > 0xFF) {
                throw new IllegalArgumentException("a part of a request has a line break or is no Latin-1");
            }
        }
    }
}
