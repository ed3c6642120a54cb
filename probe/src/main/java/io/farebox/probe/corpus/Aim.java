package io.farebox.probe.corpus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A priced route to aim at, by an example of it.
 *
 * @param id names the route
 * @param method that it is priced for
 * @param path a legal path that costs something, percent-encoded
 * @param free paths that cost nothing, such as {@code /health}, to come in by; may be empty
 * @param authority host and port of the server, for targets that name them
 */
public record Aim(String id, String method, String path, List<String> free, String authority) {
    /** A path that no server has. */
    static final String NOWHERE = "/farebox-probe";

    public Aim {
        if (!path.startsWith("/")) throw new IllegalArgumentException("a path begins with a slash: " + path);
        free = List.copyOf(free);
    }

    /** An aim by {@code GET}. */
    public static Aim get(String id, String path, List<String> free, String authority) {
        return new Aim(id, "GET", path, free, authority);
    }

    /** The segments of the path; none for the root. */
    List<String> segments() {
        return path.equals("/") ? List.of() : Arrays.asList(path.substring(1).split("/"));
    }

    /** Where to come in by: a few free paths and one that is nowhere, without slashes at their ends. */
    List<String> entrances() {
        List<String> entrances = new ArrayList<>();
        for (String each : free) {
            String trimmed = each.endsWith("/") ? each.substring(0, each.length() - 1) : each;
            if (!trimmed.isEmpty() && entrances.size() < 2) entrances.add(trimmed);
        }
        entrances.add(NOWHERE);
        return entrances;
    }

    /** The path with text put before and after one of its segments. */
    String around(int segment, String before, String after) {
        List<String> changed = new ArrayList<>(segments());
        changed.set(segment, before + changed.get(segment) + after);
        return "/" + String.join("/", changed);
    }

    /** The path with another slash before one of its segments. */
    String slash(int segment, String slash) {
        List<String> segments = segments();
        var text = new StringBuilder();
        for (int i = 0; i < segments.size(); i++) {
            text.append(i == segment ? slash : "/").append(segments.get(i));
        }
        return text.toString();
    }
}
