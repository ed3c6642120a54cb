package io.farebox.chain.lookup;

import java.time.Duration;

/** When a look-up has to be over. Immutable. */
final class Deadline {
    private final long end;
    private final Duration call;

    Deadline(LookupLimits limits) {
        this.end = System.nanoTime() + limits.whole().toNanos();
        this.call = limits.call();
    }

    boolean isOver() {
        return System.nanoTime() - end >= 0;
    }

    /** How long the next exchange may take. @throws RpcFailure if there is no time left */
    Duration next() throws RpcFailure {
        Duration left = Duration.ofNanos(end - System.nanoTime());
        if (!left.isPositive()) throw new RpcFailure("timeout");
        return left.compareTo(call) < 0 ? left : call;
    }
}
