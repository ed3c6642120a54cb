package io.farebox.pricing;

import io.farebox.pricing.RouteMatch.Segment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The path of a route as catalogues write it: {@code /protocols/:id/risk-score}, with {@code :var1} for a {@code *} as the
 * reference has it, and {@code *} for the rest.
 *
 * @param text percent-encoded
 * @param names of what varies, in order
 * @param rest whether it ends in {@code *}
 */
record PathTemplate(String text, List<String> names, boolean rest) {
    PathTemplate {
        names = List.copyOf(names);
    }

    static PathTemplate of(RouteMatch match) {
        var text = new StringBuilder();
        List<String> names = new ArrayList<>();
        boolean rest = false;
        int ones = 0;
        for (Segment segment : match.segments()) {
            text.append('/');
            switch (segment) {
                case Segment.Literal literal -> encode(literal.text(), text);
                case Segment.Variable variable -> names.add(variable.name());
                case Segment.One one -> names.add("var" + ++ones);
                case Segment.Rest all -> rest = true;
            }
            if (segment instanceof Segment.Variable || segment instanceof Segment.One) {
                text.append(':').append(names.getLast());
            }
        }
        if (rest) text.append('*');
        return new PathTemplate(text.isEmpty() ? "/" : text.toString(), names, rest);
    }

    /** More than a URL needs: facilitators know few characters in a template. */
    private static void encode(String literal, StringBuilder out) {
        for (byte octet : literal.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean plain =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0;
            if (plain) out.append(c);
            else
                out.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
        }
    }
}
