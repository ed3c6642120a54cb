/**
 * Turns the corpus on a deployment and judges what it answers: which priced routes were reached unpaid, and which legal URLs were
 * refused. {@link io.farebox.probe.Probe} is where to start.
 */
@NullMarked
package io.farebox.probe;

import org.jspecify.annotations.NullMarked;
