/** Puts a gate together from a configuration. {@link io.farebox.settlement.Farebox} is where to start. */
@NullMarked
package io.farebox.settlement;

import org.jspecify.annotations.NullMarked;
