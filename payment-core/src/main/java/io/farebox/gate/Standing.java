package io.farebox.gate;

import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a balance stands after a request that was paid from it.
 *
 * @param balance atomic units, or requests of a bundle
 * @param left how many requests like this one it still pays for
 * @param expiresAt when the token ends; null if none was used or given out
 * @param issued a token that the payer asked for, to be said once; null if there is none
 * @param named whether the client gave its request a name; null if it did not pay by a token
 */
record Standing(
        BigInteger balance,
        BigInteger left,
        @Nullable Instant expiresAt,
        @Nullable String issued,
        @Nullable Boolean named) {
    @Override
    public String toString() {
        return "Standing[" + balance + "]";
    }
}
