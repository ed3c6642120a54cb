/** What operators do with payments, and what clears old ones away. */
@NullMarked
package io.farebox.settlement.operate;

import org.jspecify.annotations.NullMarked;
