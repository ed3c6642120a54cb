package io.farebox.gate;

import io.farebox.x402.Network;
import java.math.BigInteger;
import java.time.Instant;

/**
 * What lies on a shelf in one asset.
 *
 * @param count how many payments
 * @param amount atomic units, of all of them
 * @param oldest when the oldest of them was first claimed
 * @param more whether the shelf holds more than were counted, see {@link BookDesk#MOST_COUNTED}
 */
public record Tally(
        Shelf shelf, Network network, String asset, long count, BigInteger amount, Instant oldest, boolean more) {}
