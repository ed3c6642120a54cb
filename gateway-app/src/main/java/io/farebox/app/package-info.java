/** The runnable gateway and its commands. */
@NullMarked
package io.farebox.app;

import org.jspecify.annotations.NullMarked;
