/** Finishes what requests left behind, see {@link io.farebox.settlement.reconcile.Reconciler}. */
@NullMarked
package io.farebox.settlement.reconcile;

import org.jspecify.annotations.NullMarked;
