package io.farebox.chain.lookup;

import java.math.BigInteger;

/**
 * The newest block.
 *
 * @param time seconds since the epoch
 * @param baseFee what a unit of gas costs in it at least, in wei
 */
public record ChainHead(long number, long time, BigInteger baseFee) {}
