package io.farebox.kills;

import io.farebox.testkit.facilitator.Authorization;
import java.math.BigInteger;

/** Where facilitators charge. */
interface Chain {
    /** @return false if it was charged before; then nothing happens */
    boolean charge(Authorization authorization, BigInteger amount, String facilitator);

    boolean isCharged(Authorization authorization);
}
