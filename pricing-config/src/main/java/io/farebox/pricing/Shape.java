package io.farebox.pricing;

import java.util.List;
import java.util.Optional;

/**
 * What may stand behind a key. The reader checks with it, the JSON Schema is rendered from it and the reference page is held
 * to it, so the three cannot part.
 */
sealed interface Shape {
    /** A single value. */
    record Value(Kind kind, boolean secret) implements Shape {}

    /** A section with known keys. */
    record Section(List<Key> keys) implements Shape {
        Optional<Key> key(String name) {
            return keys.stream().filter(key -> key.name().equals(name)).findFirst();
        }
    }

    /** A list. */
    record ListOf(Shape each) implements Shape {}

    /** A section whose keys are free. */
    record TableOf(Shape each) implements Shape {}

    /** A single value, or a section that says more. */
    record Either(Value value, Section section) implements Shape {}

    /** Whatever the owner writes: an example, a schema. */
    record Any() implements Shape {}

    /** What a single value is. */
    sealed interface Kind {
        record Text() implements Kind {}

        record Url() implements Kind {}

        record Money() implements Kind {}

        record Flag() implements Kind {}

        record Span() implements Kind {}

        record Number(int least, int most) implements Kind {}

        /**
         * @param words all that will ever be allowed
         * @param notBuilt those of them that this release refuses
         */
        record Choice(List<String> words, List<String> notBuilt) implements Kind {}
    }
}
