/** The rail for transfers that payers make by themselves: whose they are, and what is taken from the balances they make. */
@NullMarked
package io.farebox.settlement.transfer;

import org.jspecify.annotations.NullMarked;
