package io.farebox.settlement.operate;

import io.farebox.gate.DeskResult;
import org.jspecify.annotations.Nullable;

/** What became of an operator's decision. */
public sealed interface Resolution {
    /** The book was asked to take it. @param proven whether the chain had shown it */
    record Answered(DeskResult result, boolean proven) implements Resolution {}

    /**
     * The chain says otherwise, so nothing was changed.
     *
     * @param transaction in which the chain shows the charge; null if it shows that there was and will be none
     */
    record Contradicted(@Nullable String transaction) implements Resolution {}

    /** The chain could not be asked, or shows nothing yet: the operator has to name the transaction. Nothing was changed. */
    record TransactionNeeded() implements Resolution {}
}
