/** Facilitators for tests: one over HTTP, one in the process, both scripted with {@link io.farebox.testkit.facilitator.Act}. */
@NullMarked
package io.farebox.testkit.facilitator;

import org.jspecify.annotations.NullMarked;
