package io.farebox.probe.wire;

import io.farebox.gate.Header;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came back for a request. */
public sealed interface Reply {
    /**
     * An answer.
     *
     * @param headers in order, names as sent
     * @param body without chunking; its beginning only, if it is longer than we read
     */
    record Answer(int status, List<Header> headers, byte[] body) implements Reply {
        public Answer {
            headers = List.copyOf(headers);
        }

        /** The first value of a header, or null. */
        public @Nullable String header(String name) {
            for (Header header : headers) if (header.name().equalsIgnoreCase(name)) return header.value();
            return null;
        }

        /** The body, one character per octet. */
        public String text() {
            return new String(body, StandardCharsets.ISO_8859_1);
        }

        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    /** No answer, or none that could be read. */
    record Silence(Cause cause, String detail) implements Reply {}

    /** Why there is no answer. */
    enum Cause {
        /** No connection: refused, unreachable, too slow. */
        UNREACHABLE,
        /** No TLS connection, or a certificate that is not trusted here. */
        TLS,
        /** Connected, and nothing whole came in time. */
        TIMEOUT,
        /** Connected, and closed before an answer. */
        CLOSED,
        /** What came is no HTTP. */
        GARBLED
    }
}
