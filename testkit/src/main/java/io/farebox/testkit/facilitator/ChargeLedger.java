package io.farebox.testkit.facilitator;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Stands in for the chain behind a scripted facilitator: an authorization is charged at most once, like by the token
 * contract, and its transaction follows from the authorization alone. Two facilitators may share one. Thread-safe.
 */
public final class ChargeLedger {
    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    private final Map<Authorization, BigInteger> charged = new HashMap<>();
    private final Map<Authorization, Integer> asked = new HashMap<>();
    private final Consumer<Authorization> listener;

    public ChargeLedger() {
        this(charge -> {});
    }

    /** @param listener hears of each authorization that is charged, at once and one after the other */
    public ChargeLedger(Consumer<Authorization> listener) {
        this.listener = listener;
    }

    /** Charges, as if someone had submitted the authorization. @return false if it was charged before */
    public synchronized boolean charge(Authorization authorization, BigInteger amount) {
        if (charged.putIfAbsent(authorization, amount) != null) return false;
        listener.accept(authorization);
        return true;
    }

    public synchronized boolean isCharged(Authorization authorization) {
        return charged.containsKey(authorization);
    }

    /** How many authorizations were charged. */
    public synchronized int charges() {
        return charged.size();
    }

    /** The sum of all charges, atomic units. */
    public synchronized BigInteger total() {
        return charged.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** What was charged. */
    public synchronized Map<Authorization, BigInteger> charged() {
        return Map.copyOf(charged);
    }

    /** How often settlement of this authorization was asked for. */
    public synchronized int timesAsked(Authorization authorization) {
        return asked.getOrDefault(authorization, 0);
    }

    synchronized void ask(Authorization authorization) {
        asked.merge(authorization, 1, Integer::sum);
    }

    /** The transaction that charges, or would charge, this authorization. */
    public static String transaction(Authorization authorization) {
        byte[] digest = sha256(authorization.from() + ' ' + authorization.nonce());
        String hex = HexFormat.of().formatHex(digest);
        return authorization.from().isEmpty() ? base58(new BigInteger(hex + hex, 16)) : "0x" + hex;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base58(BigInteger number) {
        BigInteger base = BigInteger.valueOf(58);
        StringBuilder text = new StringBuilder();
        for (BigInteger rest = number; rest.signum() > 0; rest = rest.divide(base)) {
            text.append(BASE58.charAt(rest.mod(base).intValue()));
        }
        return text.reverse().toString();
    }
}
