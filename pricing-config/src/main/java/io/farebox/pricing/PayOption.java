package io.farebox.pricing;

/**
 * One way to pay for a route.
 *
 * @param payTo who is paid, spelled as configured
 */
public record PayOption(AssetInfo asset, String payTo) {}
