/**
 * A facilitator of our own for EVM chains: checks EIP-3009 payments on the chain and settles them with transactions that an account
 * of ours pays for. {@link io.farebox.chain.own.OwnFacilitator} is where to start.
 */
@NullMarked
package io.farebox.chain.own;

import org.jspecify.annotations.NullMarked;
