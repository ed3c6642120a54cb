package io.farebox.gate;

import io.farebox.x402.Network;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Port: charged payments whose transfer the chain may still take back. What is charged on a watched network is put on the list in
 * the transaction that says so, and stays until it is taken off. Every method is atomic and durable when it returns; all may block,
 * are safe for concurrent use, and throw {@link BookUnavailableException} when the outcome is not certain.
 */
public interface Watchlist {
    /** How long after it was charged a payment is looked at first. */
    Duration FIRST = Duration.ofMinutes(2);

    /** From now on what this process writes down as charged on these networks, and on no others, is put on the list. */
    void watch(Set<Network> networks);

    /**
     * Takes payments of these networks whose look has come, the longest due first: nobody else gets them before {@code until}. Those
     * that are charged no more, or are deleted, or whose payer was erased, are taken off the list instead; so fewer may be returned
     * than there are.
     *
     * @param limit how many of each network at most
     */
    List<PaymentRecord> takeDue(Set<Network> networks, Instant until, Instant now, int limit);

    /** Says when payments are looked at next, by their keys. */
    void postpone(Map<String, Instant> next);

    /** Takes payments off the list, by their keys. */
    void drop(Collection<String> keys);
}
