/** Bounded, strict reading and ASCII writing of JSON, shared by the codecs. */
@NullMarked
package io.farebox.x402.json;

import org.jspecify.annotations.NullMarked;
