package io.farebox.probe;

import io.farebox.probe.corpus.Aim;
import java.util.Locale;

/**
 * A priced route as it was found before the odd requests.
 *
 * @param status of the answer to a plain request without payment
 * @param payable whether that answer is a 402 that says how to pay
 * @param oracle by what its answer would be known
 * @param note what a person should know of it; empty for nothing
 */
public record RouteState(Aim aim, int status, boolean payable, Oracle oracle, String note) {
    /** The names, in lower case, are those of the report. */
    public enum Oracle {
        /** By words that the server, asked directly, gives for this route only. */
        FINGERPRINT,
        /** By a text that the owner named. */
        MARKER,
        /** By being unlike every free page: what it finds is only suspicious. */
        COMPARISON;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
