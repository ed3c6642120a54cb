/**
 * Facilitators over HTTP. {@link io.farebox.settlement.http.ConfiguredFacilitators} is where to start: it is made from
 * {@link io.farebox.settlement.http.FacilitatorSettings} and offers the gate those that fit a payment.
 */
@NullMarked
package io.farebox.settlement.http;

import org.jspecify.annotations.NullMarked;
