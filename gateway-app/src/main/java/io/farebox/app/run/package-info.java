/** The running gateway: where requests go, and what a start is refused for. */
@NullMarked
package io.farebox.app.run;

import org.jspecify.annotations.NullMarked;
