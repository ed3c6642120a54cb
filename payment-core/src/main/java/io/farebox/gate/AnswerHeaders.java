package io.farebox.gate;

import org.jspecify.annotations.Nullable;

/** The headers of an answer that has not been committed yet. */
public interface AnswerHeaders {
    /** All values of a header joined by comma, or null. */
    @Nullable
    String get(String name);

    /** Sets a header, replacing what was there. */
    void set(String name, String value);

    void remove(String name);
}
