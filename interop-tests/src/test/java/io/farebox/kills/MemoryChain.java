package io.farebox.kills;

import io.farebox.testkit.facilitator.Authorization;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The chain, in memory: charges each authorization once, and remembers who wanted to. Thread-safe. */
final class MemoryChain implements Chain {
    private final Map<Authorization, BigInteger> charged = new HashMap<>();
    private final Map<Authorization, String> chargedBy = new HashMap<>();
    private final Map<String, Integer> chargesOfPayer = new HashMap<>();
    private final List<Authorization> wantedByTwo = new CopyOnWriteArrayList<>();

    @Override
    public synchronized boolean charge(Authorization authorization, BigInteger amount, String facilitator) {
        String before = chargedBy.putIfAbsent(authorization, facilitator);
        if (before != null) {
            if (!before.equals(facilitator)) wantedByTwo.add(authorization);
            return false;
        }
        charged.put(authorization, amount);
        chargesOfPayer.merge(authorization.from(), 1, Integer::sum);
        return true;
    }

    @Override
    public synchronized boolean isCharged(Authorization authorization) {
        return charged.containsKey(authorization);
    }

    synchronized int chargesOf(Authorization anyOfThePayer) {
        return chargesOfPayer.getOrDefault(anyOfThePayer.from(), 0);
    }

    synchronized int charges() {
        return charged.size();
    }

    synchronized Map<Authorization, BigInteger> charged() {
        return Map.copyOf(charged);
    }

    /** Those that a second facilitator was asked to settle after the first one had. */
    List<Authorization> wantedByTwo() {
        return List.copyOf(wantedByTwo);
    }
}
