package io.farebox.ledger.redis;

import io.lettuce.core.cluster.SlotHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * How the keys in Redis are named: of a fixed length whatever a payment's identity is. Claims lie in shares, and each share has an
 * epoch of its own: one share in a single Redis; many in a cluster, where a script may only touch keys of one slot and where each
 * master can lose what it has by itself. All keys of a share lie in one slot.
 *
 * @param prefix of every key
 * @param shares how many there are
 */
record KeyNames(String prefix, int shares) {
    /** Spreads evenly over some thirty masters; each share costs one key that never ends. */
    static final int IN_CLUSTER = 1024;

    /** Grows when the form of keys or values changes, so that replicas of two versions do not misread each other. */
    private static final String VERSION = "1";

    /**
     * The names of one payment.
     *
     * @param share 0 to {@code shares - 1}
     * @param claim its key
     * @param epoch the key of its share's epoch
     */
    record Named(int share, String claim, String epoch) {}

    /** @param environment tells apart those that share a Redis and no book */
    static KeyNames of(String environment, boolean cluster) {
        return new KeyNames(environment + ":" + VERSION + ":", cluster ? IN_CLUSTER : 1);
    }

    Named of(String payment) {
        byte[] digest = sha256().digest(payment.getBytes(StandardCharsets.UTF_8));
        return named(
                (((digest[0] & 0xff) << 8) | (digest[1] & 0xff)) % shares,
                HexFormat.of().formatHex(digest));
    }

    /** A name in a share that no payment has. */
    Named nobodys(int share) {
        return named(share, "nobody");
    }

    private Named named(int share, String claim) {
        String start = shares == 1 ? prefix : prefix + "{" + share + "}:";
        return new Named(share, start + claim, start + "epoch");
    }

    /** The slot of a share's keys in a cluster. */
    int slot(int share) {
        return shares == 1 ? 0 : SlotHash.getSlot(Integer.toString(share));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
