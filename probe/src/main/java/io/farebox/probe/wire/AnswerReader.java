package io.farebox.probe.wire;

import io.farebox.gate.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads one answer, and of a long one the beginning. */
final class AnswerReader {
    /** Octets of status line and headers; a 402 with many offers has some 8 KiB. */
    static final int LONGEST_HEAD = 64 * 1024;

    /** Octets of a body that are read. */
    static final int LONGEST_BODY = 64 * 1024;

    private static final int MOST_INTERIM = 5;

    private final TimedInput in;
    private int headLeft = LONGEST_HEAD;

    AnswerReader(TimedInput in) {
        this.in = in;
    }

    /**
     * The final answer; null if the connection was closed before one began.
     *
     * @param bodiless whether an answer to this method has no body
     */
    Reply.@Nullable Answer read(boolean bodiless) throws IOException {
        for (int interim = 0; interim <= MOST_INTERIM; interim++) {
            String line = line();
            if (line == null) return null;
            int status = status(line);
            List<Header> headers = headers();
            if (status < 200 && status != 101) continue;
            boolean empty = bodiless || status == 101 || status == 204 || status == 304;
            return new Reply.Answer(status, headers, empty ? new byte[0] : body(headers));
        }
        throw new GarbledException("interim answers without end");
    }

    private static int status(String line) throws GarbledException {
        if (!line.matches("HTTP/[0-9](\\.[0-9])? [1-9][0-9]{2}( .*)?")) throw new GarbledException("no status line");
        int space = line.indexOf(' ');
        return Integer.parseInt(line.substring(space + 1, space + 4));
    }

    private List<Header> headers() throws IOException {
        List<Header> headers = new ArrayList<>();
        while (true) {
            String line = line();
            if (line == null) throw new GarbledException("ends within its headers");
            if (line.isEmpty()) return headers;
            int colon = line.indexOf(':');
            if (colon < 1) throw new GarbledException("a header without a colon");
            headers.add(new Header(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
        }
    }

    /** A line of the head without its end; null if there is nothing more. */
    private @Nullable String line() throws IOException {
        var line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                if (line.isEmpty()) return null;
                throw new GarbledException("ends within a line");
            }
            if (--headLeft < 0) throw new GarbledException("its head is longer than " + LONGEST_HEAD + " octets");
            line.append((char) octet);
        }
        if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') line.setLength(line.length() - 1);
        return line.toString();
    }

    private byte[] body(List<Header> headers) throws IOException {
        var body = new ByteArrayOutputStream();
        String coding = value(headers, "Transfer-Encoding");
        if (coding != null && coding.toLowerCase(Locale.ROOT).contains("chunked")) {
            chunks(body);
        } else {
            String length = value(headers, "Content-Length");
            copy(length == null ? Long.MAX_VALUE : number(length, 10), body);
        }
        return body.toByteArray();
    }

    private void chunks(ByteArrayOutputStream body) throws IOException {
        while (body.size() < LONGEST_BODY) {
            String line = line();
            if (line == null) return;
            int semicolon = line.indexOf(';');
            long size = number(semicolon < 0 ? line : line.substring(0, semicolon), 16);
            if (size == 0) return;
            copy(size, body);
            if (body.size() < LONGEST_BODY) line();
        }
    }

    /** Copies as many octets, or what comes of them, or what we read. A body that ends too early is what it is. */
    private void copy(long length, ByteArrayOutputStream body) throws IOException {
        long left = Math.min(length, LONGEST_BODY - body.size());
        while (left-- > 0) {
            int octet = in.read();
            if (octet < 0) return;
            body.write(octet);
        }
    }

    private static long number(String text, int radix) throws GarbledException {
        String digits = text.strip();
        if (!digits.matches("[0-9A-Fa-f]{1,15}")) throw new GarbledException("a length that is no number");
        try {
            return Long.parseLong(digits, radix);
        } catch (NumberFormatException e) {
            throw new GarbledException("a length that is no number");
        }
    }

    private static @Nullable String value(List<Header> headers, String name) {
        for (Header header : headers) if (header.name().equalsIgnoreCase(name)) return header.value();
        return null;
    }
}
