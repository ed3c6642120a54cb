package io.farebox.settlement.dev;

import io.farebox.chain.Keccak256;
import io.farebox.x402.Network;
import io.farebox.x402.PaymentRequirements;
import io.farebox.x402.SchemePayload;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Made-up balances and the authorizations that were used up. Bounded: only a settlement adds to it, the facilitator checks
 * its signature before, and above the limits it takes nothing new. Thread-safe.
 */
final class DevChain {
    static final Network NETWORK = new Network("eip155:31337");

    /** What was signed, in lower case. */
    record Authorization(
            String asset,
            String from,
            String to,
            BigInteger value,
            BigInteger validAfter,
            BigInteger validBefore,
            String nonce) {
        static Authorization of(PaymentRequirements terms, SchemePayload.Eip3009 payload) {
            return new Authorization(
                    lower(terms.asset()),
                    lower(payload.from()),
                    lower(payload.to()),
                    payload.value(),
                    payload.validAfter(),
                    payload.validBefore(),
                    lower(payload.nonce()));
        }

        /** Follows from what the nonce makes unique, so that it stays the same however often settlement is asked for. */
        String transaction() {
            String identity = String.join(" ", NETWORK.caip2(), asset, from, nonce);
            return "0x" + HexFormat.of().formatHex(Keccak256.hash(identity.getBytes(StandardCharsets.US_ASCII)));
        }
    }

    enum State {
        PAYABLE,
        SETTLED,
        NONCE_USED,
        TOO_POOR,
        FULL
    }

    private final DevLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, BigInteger> balances = new HashMap<>();
    private final Map<String, Authorization> settled = new HashMap<>();

    DevChain(DevLimits limits) {
        this.limits = limits;
    }

    /** What would come of settling this. */
    State ask(Authorization authorization) {
        lock.lock();
        try {
            return state(authorization);
        } finally {
            lock.unlock();
        }
    }

    /** Moves the money if it can be moved. {@code SETTLED} says that it was moved, now or before; never {@code PAYABLE}. */
    State settle(Authorization authorization) {
        lock.lock();
        try {
            State state = state(authorization);
            if (state != State.PAYABLE) return state;
            settled.put(authorization.transaction(), authorization);
            move(authorization.from(), authorization.value().negate());
            move(authorization.to(), authorization.value());
            return State.SETTLED;
        } finally {
            lock.unlock();
        }
    }

    BigInteger balanceOf(String address) {
        lock.lock();
        try {
            return balance(lower(address));
        } finally {
            lock.unlock();
        }
    }

    private State state(Authorization authorization) {
        Authorization before = settled.get(authorization.transaction());
        if (before != null) return before.equals(authorization) ? State.SETTLED : State.NONCE_USED;
        if (balance(authorization.from()).compareTo(authorization.value()) < 0) return State.TOO_POOR;
        boolean roomForPayer = balances.containsKey(authorization.from()) || balances.size() < limits.accounts();
        return roomForPayer && settled.size() < limits.settlements() ? State.PAYABLE : State.FULL;
    }

    private void move(String address, BigInteger change) {
        balances.put(address, balance(address).add(change));
    }

    private BigInteger balance(String address) {
        return balances.getOrDefault(address, limits.startingBalance());
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
