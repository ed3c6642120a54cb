/**
 * The payment gate: what to do with a request, told as values. {@link io.farebox.gate.PaymentGate} is where to start; the
 * interfaces beside it are its ports.
 */
@NullMarked
package io.farebox.gate;

import org.jspecify.annotations.NullMarked;
