/** A small API priced with Farebox, and a client that pays for it. */
@NullMarked
package io.farebox.sample;

import org.jspecify.annotations.NullMarked;
