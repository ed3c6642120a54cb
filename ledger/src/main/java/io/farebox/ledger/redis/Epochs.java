package io.farebox.ledger.redis;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;

/**
 * The epochs that this process has seen, one for each share. Another one means that the server which holds the share has lost what
 * it knew, and so has another server: one that took the share over may not have been told of the last claims. Then all shares of
 * that server are lost, whether they were seen again or not. Thread-safe.
 */
final class Epochs {
    private static final String UNSEEN = "";

    private final AtomicReferenceArray<String> seen;
    private final IntFunction<String> serverOf;
    private final Set<Integer> lost = ConcurrentHashMap.newKeySet();

    /** @param serverOf names the server that holds a share; empty if there is only one */
    Epochs(int shares, IntFunction<String> serverOf) {
        this.seen = new AtomicReferenceArray<>(shares);
        this.serverOf = serverOf;
        for (int share = 0; share < shares; share++) seen.set(share, UNSEEN);
    }

    /** Notes what Redis answered. */
    void see(int share, String epoch) {
        String server = serverOf.apply(share);
        String current = server.isEmpty() ? epoch : epoch + " " + server;
        String before = seen.getAndSet(share, current);
        if (!before.equals(UNSEEN) && !before.equals(current)) lose(share, server);
    }

    /** The other shares forget their epochs, so that one loss is noticed once. */
    private void lose(int share, String server) {
        for (int each = 0; each < seen.length(); each++) {
            if (!serverOf.apply(each).equals(server)) continue;
            if (each != share) seen.set(each, UNSEEN);
            lost.add(each);
        }
    }

    /** Whether any share was lost and nobody has asked for it yet. */
    boolean isLost() {
        return !lost.isEmpty();
    }

    /** The shares that were lost together with this one since this was asked last; nearly always none. */
    Set<Integer> takeLost(int share) {
        if (!lost.contains(share)) return Set.of();
        String server = serverOf.apply(share);
        Set<Integer> taken = new HashSet<>();
        for (int each : lost) {
            if ((each == share || serverOf.apply(each).equals(server)) && lost.remove(each)) taken.add(each);
        }
        return taken;
    }
}
