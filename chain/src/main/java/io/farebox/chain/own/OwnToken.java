package io.farebox.chain.own;

import io.farebox.x402.PaymentRequirements;

/**
 * A token that we may settle.
 *
 * @param name what the configuration calls it, for messages: {@code base/USDC}
 * @param terms any terms in this token; what counts of them are network, asset and the names of its domain
 * @param decimals as configured
 */
public record OwnToken(String name, PaymentRequirements terms, int decimals) {}
