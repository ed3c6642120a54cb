package io.farebox.gate;

import java.time.Instant;

/**
 * What may be deleted. A payment goes only once its window is over as well: from then on its terms refuse it, whether the book
 * knows it or not.
 *
 * @param unpaidBefore payments that were never charged and rest since before this instant
 * @param paidBefore payments that were charged and rest since before this instant; what is owed or due is kept for ever
 * @param windowsOver payments whose window ended at or before this instant
 */
public record Retention(Instant unpaidBefore, Instant paidBefore, Instant windowsOver) {}
