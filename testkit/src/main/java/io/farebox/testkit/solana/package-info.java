/** A cluster of Solana on loopback, for tests: token accounts, transactions that are really signed, and a node that tells of them. */
@NullMarked
package io.farebox.testkit.solana;

import org.jspecify.annotations.NullMarked;
