package io.farebox.ledger;

import io.farebox.gate.ClaimRequest;
import io.farebox.x402.SettleResponse;
import java.util.List;
import java.util.Locale;

/**
 * Names of what an operation touches by rules that span rows, so that two processes never do so at once. A single row needs no
 * name: its version guards it.
 */
final class Touched {
    private Touched() {}

    /** A claim looks at the row of its key and at the row whose owed run was fetched with it; see RATIONALE.md for the payer. */
    static List<String> by(ClaimRequest request) {
        return List.of("key " + request.key());
    }

    /** A settlement looks for others on its transaction, of whose hash chains may have several spellings. */
    static List<String> by(SettleResponse receipt) {
        String transaction = receipt.transaction();
        return transaction.isEmpty() ? List.of() : List.of("transaction " + transaction.toLowerCase(Locale.ROOT));
    }
}
