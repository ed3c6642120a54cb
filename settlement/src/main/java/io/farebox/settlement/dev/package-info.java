/** A facilitator for development only: real signatures, made-up money. */
@NullMarked
package io.farebox.settlement.dev;

import org.jspecify.annotations.NullMarked;
