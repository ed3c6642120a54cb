package io.farebox.ledger.redis;

import io.farebox.gate.BookUnavailableException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/**
 * Who holds which payment, in Redis: one key per payment in flight. Thread-safe; a call takes as long as {@link
 * RedisLink#DEADLINE}, twice that at most.
 */
final class RedisClaims implements AutoCloseable {
    /** Of so many shares the epochs are asked for in one go. */
    private static final int AT_ONCE = 64;

    private final RedisLink link;
    private final KeyNames names;
    private final Epochs epochs;

    RedisClaims(RedisLink link, KeyNames names) {
        this.link = link;
        this.names = names;
        int[] slots = new int[names.shares()];
        for (int share = 0; share < slots.length; share++) slots[share] = names.slot(share);
        this.epochs = new Epochs(slots.length, share -> link.server(slots[share]));
        for (int from = 0; from < names.shares(); from += AT_ONCE) {
            List<Integer> some = IntStream.range(from, Math.min(from + AT_ONCE, names.shares()))
                    .boxed()
                    .toList();
            RedisLink.atStart(() -> seeEach(some));
        }
    }

    /** Once every share was seen, any claim tells whether its server has lost what it knew. */
    private int seeEach(List<Integer> shares) {
        List<RedisFuture<List<Object>>> sent =
                shares.stream().map(names::nobodys).map(this::sendLook).toList();
        for (int i = 0; i < sent.size(); i++) note(shares.get(i), sent.get(i));
        return sent.size();
    }

    private RedisFuture<List<Object>> sendLook(KeyNames.Named named) {
        return send(named, "", Instant.EPOCH, Instant.EPOCH);
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
        KeyNames.Named named = names.of(payment);
        return note(named.share(), send(named, owner, until, now));
    }

    private RedisFuture<List<Object>> send(KeyNames.Named named, String owner, Instant until, Instant now) {
        String[] keys = {named.claim(), named.epoch()};
        String fresh = UUID.randomUUID().toString();
        return link.send(
                Scripts.CLAIM,
                ScriptOutputType.MULTI,
                keys,
                owner,
                millis(until),
                millis(now),
                life(until, now),
                fresh);
    }

    private boolean note(int share, RedisFuture<List<Object>> sent) {
        List<Object> answer = link.await(sent, names.slot(share));
        epochs.see(share, (String) answer.get(1));
        return (Long) answer.get(0) == 1;
    }

    /** Does not wait. */
    void seeSoon(Set<Integer> shares) {
        try {
            for (int share : shares) {
                CompletionStage<Void> ignored =
                        sendLook(names.nobodys(share)).thenAccept(answer -> epochs.see(share, (String) answer.get(1)));
            }
        } catch (BookUnavailableException e) {
            // Redis is away; they are seen when they are claimed in.
        }
    }

    /** Which share of all claims a payment's is in. */
    int share(String payment) {
        return names.of(payment).share();
    }

    /** The shares that Redis has lost together with this payment's, since this was asked last. */
    Set<Integer> takeLost(String payment) {
        return epochs.isLost() ? epochs.takeLost(share(payment)) : Set.of();
    }

    /** Moves a lease; sets it anew if Redis lost it. @return false if another owner holds the payment */
    boolean renew(String payment, String owner, Instant until, Instant now) {
        KeyNames.Named named = names.of(payment);
        return link.await(sendRenewal(named, owner, until, now), names.slot(named.share())) == 1;
    }

    private RedisFuture<Long> sendRenewal(KeyNames.Named named, String owner, Instant until, Instant now) {
        String[] keys = {named.claim()};
        return link.send(Scripts.RENEW, ScriptOutputType.INTEGER, keys, owner, millis(until), life(until, now));
    }

    /** As {@link #renew}, without waiting, but before all that is asked later of the same server. */
    void renewSoon(String payment, String owner, Instant until, Instant now) {
        try {
            RedisFuture<Long> ignored = sendRenewal(names.of(payment), owner, until, now);
        } catch (BookUnavailableException e) {
            // Redis is away; the next renewal does it.
        }
    }

    /** Does not wait: what cannot be given back lapses by itself. */
    void giveBack(String payment, String owner) {
        try {
            String[] keys = {names.of(payment).claim()};
            RedisFuture<Long> ignored = link.send(Scripts.GIVE_BACK, ScriptOutputType.INTEGER, keys, owner);
        } catch (BookUnavailableException e) {
            // Redis is away.
        }
    }

    private static String millis(Instant instant) {
        return Long.toString(instant.toEpochMilli());
    }

    private static String life(Instant until, Instant now) {
        return Long.toString(Math.max(1, until.toEpochMilli() - now.toEpochMilli()));
    }

    @Override
    public void close() {
        link.close();
    }
}
