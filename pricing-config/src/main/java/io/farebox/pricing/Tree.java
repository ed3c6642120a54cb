package io.farebox.pricing;

import java.util.List;
import java.util.Map;

/** A configuration before it has types: what a YAML file and Spring's Environment have in common. */
sealed interface Tree {
    Place place();

    /**
     * A single value. Everything stays text until a key says what it wants, so {@code 010000}, {@code 1e3} and {@code no} keep
     * the spelling that was written.
     *
     * @param secret whether the text must never be printed
     * @param bare whether it was written without quotes, so that where any value may stand, {@code 60} is a number
     */
    record Leaf(String text, Place place, boolean secret, boolean bare) implements Tree {
        Leaf(String text, Place place, boolean secret) {
            this(text, place, secret, false);
        }

        @Override
        public String toString() {
            return secret ? "(secret)" : text;
        }
    }

    record Items(List<Tree> items, Place place) implements Tree {}

    /** A section or a free table; the order is as written. */
    record Entries(Map<String, Tree> entries, Place place) implements Tree {}

    /** A key with nothing behind it. */
    record Nothing(Place place) implements Tree {}

    /** A value that has been reported as wrong: present, but not to be looked at again. */
    record Broken(Place place) implements Tree {}
}
