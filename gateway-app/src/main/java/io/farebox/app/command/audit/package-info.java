/** Holds the book against the chain. */
@NullMarked
package io.farebox.app.command.audit;

import org.jspecify.annotations.NullMarked;
