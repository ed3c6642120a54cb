package io.farebox.gate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an operator did, as it was written down. Entries are never changed.
 *
 * @param by who, as said at the time
 * @param action what: the name of a {@link DeskAct.Change}
 * @param before state and delivery before, as {@code SETTLED/OWED}
 * @param after the same afterwards
 * @param word {@code chain} if the chain had shown it, else {@code operator}
 * @param reference the transaction that it rests on, if any
 * @param note why, as said at the time
 */
public record DeskEntry(
        Instant at,
        String by,
        String action,
        String before,
        String after,
        String word,
        @Nullable String reference,
        String note) {}
