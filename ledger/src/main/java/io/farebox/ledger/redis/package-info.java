/** Claims on Redis, in front of a book on a database. */
@NullMarked
package io.farebox.ledger.redis;

import org.jspecify.annotations.NullMarked;
