package io.farebox.gate;

import java.util.List;
import java.util.Optional;

/**
 * Port: what people do with the book, and what is cleared away. Every method is atomic and durable when it returns; all may
 * block, are safe for concurrent use, and throw {@link BookUnavailableException} when the outcome is not certain. Times are kept
 * to the millisecond. Claims that are held outside the book are not seen. Nothing here is for a request's path, and nothing reads all finished payments.
 */
public interface BookDesk {
    /** How many payments of a shelf are counted at most. */
    int MOST_COUNTED = 10_000;

    /** Payments on a shelf in the order in which they were first claimed. */
    List<PaymentRecord> list(DeskQuery query);

    /** The payment with this id. */
    Optional<PaymentRecord> byId(String paymentId);

    /** What lies on the shelves that are {@linkplain Shelf#isOpen open}, by shelf, network and asset, in this order. */
    List<Tally> tallies();

    /**
     * Takes a payment a step further, on the chain's word or an operator's, and writes down who did so. Whoever worked on it loses
     * it. Made again, it is answered {@link DeskResult.Already}.
     */
    DeskResult act(DeskAct act);

    /** What was done about this payment, the oldest first. */
    List<DeskEntry> entries(String paymentId);

    /**
     * Deletes payments that are at rest and older than they need be. Two processes never do so at once.
     *
     * @param limit how many at most
     * @return how many; less than the limit if no more are left
     */
    int forget(Retention retention, int limit);

    /** Charged payments that the chain may still take back. */
    Watchlist watchlist();

    /** Takes a payer's name off what is at rest, see {@link Erasure}. What is owed must be settled before. */
    ErasureResult erase(Erasure erasure);
}
