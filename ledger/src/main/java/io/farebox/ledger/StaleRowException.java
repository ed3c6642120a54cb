package io.farebox.ledger;

import java.sql.SQLException;

/** Another writer changed a row after it was read. */
final class StaleRowException extends SQLException {
    private static final long serialVersionUID = 1;

    StaleRowException() {
        super("another writer changed the same payment");
    }
}
