/** The wire codec of x402 version 1. */
@NullMarked
package io.farebox.x402.v1;

import org.jspecify.annotations.NullMarked;
