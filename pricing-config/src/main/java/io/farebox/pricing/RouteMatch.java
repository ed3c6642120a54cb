package io.farebox.pricing;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a route speaks of.
 *
 * @param method in capitals, or null for every method; {@code GET} covers {@code HEAD}
 * @param segments of the path, in order; {@link Segment.Rest} can only be the last
 */
public record RouteMatch(@Nullable String method, List<Segment> segments) {
    public RouteMatch {
        segments = List.copyOf(segments);
    }

    /** What stands between two slashes; the more specific kinds come first. */
    public sealed interface Segment {
        /** Exactly this text, without regard to ASCII case. */
        record Literal(String text) implements Segment {
            @Override
            public String toString() {
                return text;
            }
        }

        /** Any one segment, with a name for people. */
        record Variable(String name) implements Segment {
            @Override
            public String toString() {
                return "{" + name + "}";
            }
        }

        /** Any one segment. */
        record One() implements Segment {
            @Override
            public String toString() {
                return "*";
            }
        }

        /** Any number of segments, none included. */
        record Rest() implements Segment {
            @Override
            public String toString() {
                return "**";
            }
        }
    }

    /** The path as configured, without a slash at the end. */
    public String path() {
        return segments.stream().map(Object::toString).collect(Collectors.joining("/", "/", ""));
    }

    /** {@code GET /path}, or {@code * /path} for every method. */
    @Override
    public String toString() {
        return (method == null ? "*" : method) + " " + path();
    }
}
