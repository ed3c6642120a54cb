/**
 * What is computed about a chain without asking it: digests of signed transfers, who signed them, and signing them.
 * {@link io.farebox.chain.Eip3009Verifier} is where to start.
 */
@NullMarked
package io.farebox.chain;

import org.jspecify.annotations.NullMarked;
