package io.farebox.replicas;

import io.farebox.testkit.facilitator.Authorization;
import java.util.List;

/**
 * A payment as the book has it in the end.
 *
 * @param transaction empty if it was not settled
 */
record BookRow(Authorization payment, String state, String delivery, String transaction) {
    /** Rows that somebody must still bring to an end. */
    static final String OPEN =
            "select payment_key || ' ' || state || ' ' || delivery || ' ' || coalesce(reason, '') from farebox_payment"
                    + " where state in ('CLAIMED', 'SETTLING', 'UNKNOWN') or delivery = 'RUNNING'";

    private static final String ALL =
            "select payment_key || '|' || state || '|' || delivery || '|' || coalesce(tx_key, '') || '|'"
                    + " from farebox_payment";

    static List<BookRow> all(Fleet fleet) {
        return fleet.ask(ALL).stream().map(BookRow::of).toList();
    }

    private static BookRow of(String text) {
        String[] columns = text.split("\\|", -1);
        String[] key = columns[0].split(":");
        return new BookRow(
                new Authorization(key[key.length - 2], key[key.length - 1]), columns[1], columns[2], columns[3]);
    }

    boolean isOwed() {
        return state.equals("SETTLED") && delivery.equals("OWED");
    }
}
