/**
 * Asks nodes of EVM chains by JSON-RPC what became of a payment. {@link io.farebox.chain.lookup.Web3jLookup} is where to
 * start. What a node says is believed only where every part of it fits; a node that errs, lies or hangs costs time, never
 * money.
 */
@NullMarked
package io.farebox.chain.lookup;

import org.jspecify.annotations.NullMarked;
