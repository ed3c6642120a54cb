package io.farebox.ledger;

import io.farebox.gate.ClaimRequest;
import io.farebox.x402.SettleResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an operation says beforehand of what it touches.
 *
 * @param names what it touches by rules that span rows, so that two processes never do so at once. A single row needs no name:
 *     its version guards it
 * @param row key of the one row that it changes, if that is all it reads; it may be read together with others
 */
record Touched(List<String> names, @Nullable String row) {
    static final Touched NOTHING = new Touched(List.of(), null);

    /** A claim looks at the row of its key, at the row whose owed run was fetched with it, and at what the payer calls so; see RATIONALE.md for the payer. */
    static Touched by(ClaimRequest request) {
        List<String> names = new ArrayList<>(List.of("key " + request.key()));
        if (request.identifier() != null) names.add("identifier " + request.identifier() + " of " + request.payer());
        // What the payer has claimed already counts: two replicas must not both find that the last of it is left.
        if (request.isDraw()) names.add(BalanceTable.name(request.account()));
        return new Touched(names, null);
    }

    static Touched name(String name) {
        return new Touched(List.of(name), null);
    }

    static Touched row(String key) {
        return new Touched(List.of(), key);
    }

    /** A settlement looks for others on its transaction, of whose hash chains may have several spellings. */
    static Touched settlement(String key, SettleResponse receipt) {
        String transaction = receipt.transaction();
        if (transaction.isEmpty()) return row(key);
        return new Touched(List.of(named(transaction)), key);
    }

    /** Somebody else's word for a settlement: whose row it is turns out later. */
    static Touched transaction(String transaction) {
        return new Touched(List.of(named(transaction)), null);
    }

    /** What is cleared away is cleared away by one process at a time. */
    static Touched housekeeping() {
        return new Touched(List.of("housekeeping"), null);
    }

    private static String named(String transaction) {
        return "transaction " + transaction.toLowerCase(Locale.ROOT);
    }
}
