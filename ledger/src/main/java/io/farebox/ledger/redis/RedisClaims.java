package io.farebox.ledger.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Who holds which payment, in Redis: one key per payment in flight, of a fixed length whatever its identity is. Thread-safe; a
 * call takes as long as {@link RedisLink#DEADLINE} at most.
 */
final class RedisClaims implements AutoCloseable {
    /** Grows when the form of keys or values changes, so that replicas of two versions do not misread each other. */
    private static final String VERSION = "1";

    private final RedisLink link;
    private final String prefix;
    /** Names the data that Redis has: another name means that it lost what it knew. */
    private final AtomicReference<String> epoch = new AtomicReference<>("");

    private final AtomicBoolean lost = new AtomicBoolean();

    /** @param environment tells apart those that share a Redis and no book */
    RedisClaims(RedisLink link, String environment) {
        this.link = link;
        this.prefix = environment + ":" + VERSION + ":";
        RedisLink.atStart(() -> look("start", Instant.EPOCH));
    }

    /** @return false if another owner holds it */
    boolean claim(String payment, String owner, Instant until, Instant now) {
        return run(payment, owner, until, now);
    }

    /** Whether nobody holds it. */
    boolean look(String payment, Instant now) {
        return run(payment, "", now, now);
    }

    private boolean run(String payment, String owner, Instant until, Instant now) {
        String fresh = UUID.randomUUID().toString();
        String[] keys = {key(payment), prefix + "epoch"};
        List<Object> answer = link.await(link.commands()
                .eval(
                        Scripts.CLAIM,
                        ScriptOutputType.MULTI,
                        keys,
                        owner,
                        millis(until),
                        millis(now),
                        life(until, now),
                        fresh));
        String current = (String) answer.get(1);
        String before = epoch.getAndSet(current);
        if (!before.isEmpty() && !before.equals(current)) lost.set(true);
        return (Long) answer.get(0) == 1;
    }

    /** Whether Redis has lost what it knew since this was asked last. */
    boolean takeLost() {
        return lost.compareAndSet(true, false);
    }

    /** Moves a lease; sets it anew if Redis lost it. @return false if another owner holds the payment */
    boolean renew(String payment, String owner, Instant until, Instant now) {
        return link.await(sendRenewal(payment, owner, until, now)) == 1;
    }

    private RedisFuture<Long> sendRenewal(String payment, String owner, Instant until, Instant now) {
        String[] keys = {key(payment)};
        return link.commands()
                .eval(Scripts.RENEW, ScriptOutputType.INTEGER, keys, owner, millis(until), life(until, now));
    }

    /** As {@link #renew}, without waiting, but before all that is asked later. */
    void renewSoon(String payment, String owner, Instant until, Instant now) {
        try {
            RedisFuture<Long> ignored = sendRenewal(payment, owner, until, now);
        } catch (RuntimeException e) {
            // Redis is away; the next renewal does it.
        }
    }

    /** Does not wait: what cannot be given back lapses by itself. */
    void giveBack(String payment, String owner) {
        try {
            String[] keys = {key(payment)};
            RedisFuture<Long> ignored = link.commands().eval(Scripts.GIVE_BACK, ScriptOutputType.INTEGER, keys, owner);
        } catch (RuntimeException e) {
            // Redis is away.
        }
    }

    private String key(String payment) {
        return prefix + HexFormat.of().formatHex(sha256().digest(payment.getBytes(StandardCharsets.UTF_8)));
    }

    private static String millis(Instant instant) {
        return Long.toString(instant.toEpochMilli());
    }

    private static String life(Instant until, Instant now) {
        return Long.toString(Math.max(1, until.toEpochMilli() - now.toEpochMilli()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
