/** Whether payments can be taken, for probes and people. */
@NullMarked
package io.farebox.app.health;

import org.jspecify.annotations.NullMarked;
