/** The book of payments on a database; {@link io.farebox.ledger.JdbcBook} is where to start. */
@NullMarked
package io.farebox.ledger;

import org.jspecify.annotations.NullMarked;
