package io.farebox.chain.lookup;

import java.math.BigInteger;

/**
 * What a token contract says of itself.
 *
 * @param domainSeparator what its signatures are bound to (EIP-712): {@code 0x} and 64 digits in lower case
 */
public record TokenFacts(BigInteger decimals, String domainSeparator) {}
