/** The wire codec of x402 version 2. */
@NullMarked
package io.farebox.x402.v2;

import org.jspecify.annotations.NullMarked;
