/** Serves our own facilitator to others, as the standard API of facilitators. */
@NullMarked
package io.farebox.settlement.serve;

import org.jspecify.annotations.NullMarked;
