/** A client that pays, see {@link io.farebox.testkit.pay.PayingClient}. */
@NullMarked
package io.farebox.testkit.pay;

import org.jspecify.annotations.NullMarked;
