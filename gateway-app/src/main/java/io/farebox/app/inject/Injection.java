package io.farebox.app.inject;

import java.util.List;
import java.util.Map;

/** What is to become of an object that is about to be made. */
sealed interface Injection {
    /**
     * It is changed.
     *
     * @param operations a JSON Patch (RFC 6902)
     */
    record Patch(List<Map<String, Object>> operations) implements Injection {}

    /** It stays as it is, rightly so. */
    record Nothing() implements Injection {}

    /**
     * It cannot be changed without breaking it, or it is not clear how.
     *
     * @param why for the person who made it: what is wrong, and how to mend it
     */
    record InDoubt(String why) implements Injection {}

    /** One operation that adds, or takes the place of what is there. */
    static Map<String, Object> add(String path, Object value) {
        return Map.of("op", "add", "path", path, "value", value);
    }

    /** A name as a step of a JSON Pointer. */
    static String step(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
