package io.farebox.gate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Port: the price lists that replicas offer, kept where their book is. A version is written down before anything of it is
 * offered, so that a payer who was asked by one replica may pay at another. Every method is atomic and durable when it returns;
 * all may block, are safe for concurrent use, and throw {@link BookUnavailableException} when the outcome is not certain. All
 * may be repeated. Times are kept to the millisecond.
 */
public interface PriceVersions {
    /** Writes a version down, or what has changed about it. One id of two owners is two versions. @param prices its text */
    void publish(PriceVersion version, String prices);

    /**
     * Moves {@link PriceVersion#offeredUntil}, on or back.
     *
     * @return false if there is no such version any more
     */
    boolean offered(String id, String owner, Instant until);

    /** The versions that are payable after this instant, in the order of their names, the latest first. */
    List<PriceVersion> payable(Instant after);

    /** The prices of a version with this digest, as they were published; empty if it is there no more. */
    Optional<String> prices(String digest);

    /** Deletes what is payable until this instant or less. Returns how many versions. */
    int forget(Instant until);
}
