package io.farebox.outbox;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Port: settlements that our own facilitator has taken on, and the transactions that it sends for them. Everything is durable
 * when a call returns. Any process may hand in orders; one at a time sends, and only what it stored here before: whoever does
 * not hold the lease any more is answered false, or nothing, and changes nothing. Thread-safe.
 *
 * <p>All methods throw {@link io.farebox.gate.BookUnavailableException} if the outbox cannot be asked; whether a change was
 * made is then not known, and each may be repeated.
 */
public interface Outbox {
    /**
     * Takes a settlement on, or tells what became of it. One of which nothing was sent is taken on again; a different digest takes
     * such a one's place, and else changes nothing.
     */
    Order submit(NewOrder order, Instant now);

    Optional<Order> find(String key);

    /** Takes an order back of which nothing was sent. @return false if the sender has begun with it, or it has ended */
    boolean withdraw(String key, Instant now);

    /** Whether there is anything to do for this sender: orders without an end, or transactions that are not deep enough. */
    boolean hasWork(Sender sender);

    /** What keeps the sender from sending, as told by {@link #trouble}. */
    Optional<String> troubleOf(Sender sender);

    /** Takes or renews the right to send. @return empty if another process holds it */
    Optional<SendingLease> lead(Sender sender, String owner, Instant until, Instant now);

    /** Notes what keeps the holder from sending; null if nothing does. */
    boolean trouble(SendingLease lease, @Nullable String code);

    /** Begins with the oldest orders, also those that were begun with before and not stored. */
    List<Order> take(SendingLease lease, int most, Instant now);

    /** Stores the first transaction of a nonce, and puts orders that were taken into it. */
    boolean store(SendingLease lease, Dispatch first, List<String> keys, Instant now);

    /** Stores another transaction of an open nonce. */
    boolean replace(SendingLease lease, Dispatch next, Instant now);

    /** The transactions of all open nonces, by nonce and attempt. */
    List<Dispatch> open(Sender sender);

    /** The orders in the transactions of a nonce. */
    List<Order> ordersOf(Sender sender, long nonce);

    /** Writes down what became of orders. */
    boolean conclude(SendingLease lease, Collection<OrderEnd> ends, Instant now);

    /** A nonce needs no more looking after. @param cost what its transaction cost, in wei */
    boolean close(SendingLease lease, long nonce, BigInteger cost, Instant now);

    /** What was spent on transactions stored since then: what they cost, or while that is open, what they can cost. */
    BigInteger spentSince(Sender sender, Instant since);

    /** Forgets what ended and may be forgotten. */
    int forgetEnded(Instant now);
}
