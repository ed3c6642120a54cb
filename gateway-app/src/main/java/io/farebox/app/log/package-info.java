/** What is written to the log, and what never is. */
@NullMarked
package io.farebox.app.log;

import org.jspecify.annotations.NullMarked;
