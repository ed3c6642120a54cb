/** The x402 vocabulary, independent of its wire versions. */
@NullMarked
package io.farebox.x402;

import org.jspecify.annotations.NullMarked;
