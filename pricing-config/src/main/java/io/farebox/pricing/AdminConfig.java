package io.farebox.pricing;

import org.jspecify.annotations.Nullable;

/**
 * Who may use the operator's API. With neither, there is none.
 *
 * @param viewer credential that reads; null if nobody may read only
 * @param operator credential that reads and decides; null if nobody may
 */
public record AdminConfig(@Nullable Secret viewer, @Nullable Secret operator) {
    /** Nobody. */
    public static final AdminConfig NONE = new AdminConfig(null, null);

    /** Whether nobody may use it. */
    public boolean isNone() {
        return viewer == null && operator == null;
    }
}
