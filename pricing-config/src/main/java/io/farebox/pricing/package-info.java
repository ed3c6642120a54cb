/**
 * One configuration tree to an immutable price list. {@link io.farebox.pricing.ConfigReader} reads and checks it whole and
 * reports every problem at once; {@link io.farebox.pricing.PriceBook} answers what a request costs.
 */
@NullMarked
package io.farebox.pricing;

import org.jspecify.annotations.NullMarked;
