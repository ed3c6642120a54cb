package io.farebox.kills;

import java.io.IOException;

/** Hears that a payment has come to a point. */
@FunctionalInterface
interface Moments {
    Moments NOBODY = point -> {};

    /** @throws IOException if the one who asked is dead now; what would come next does not happen */
    void at(KillPoint point) throws IOException;
}
