package io.farebox.ledger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.farebox.gate.Book;
import io.farebox.gate.ClaimRequest;
import io.farebox.gate.ClaimResult;
import io.farebox.gate.DeliveryState;
import io.farebox.gate.PaymentRecord;
import java.time.Duration;

/**
 * Remembers payments that are finished for good, so that whoever sends one again and again costs neither a database nor Redis
 * anything. Only what can never change is kept: a payment that was charged and delivered, or taken back, buys nothing more. Bounded,
 * and only by payments that were charged: strangers cannot fill it.
 */
public final class FinishedBook extends ForwardingBook implements AutoCloseable {
    private static final int SIZE = 10_000;
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final Cache<String, ClaimResult.AlreadyPaid> finished =
            Caffeine.newBuilder().maximumSize(SIZE).expireAfterWrite(KEPT).build();

    private final Runnable close;

    /** @param close lets go of the book behind */
    public FinishedBook(Book behind, Runnable close) {
        super(behind);
        this.close = close;
    }

    @Override
    public ClaimResult claim(ClaimRequest request) {
        ClaimResult.AlreadyPaid known = finished.getIfPresent(request.key());
        if (known != null) return known;
        ClaimResult result = super.claim(request);
        if (result instanceof ClaimResult.AlreadyPaid paid
                && find(request.key()).filter(FinishedBook::isFinished).isPresent()) finished.put(request.key(), paid);
        return result;
    }

    private static boolean isFinished(PaymentRecord row) {
        return switch (row.state()) {
            case SETTLED -> row.delivery() == DeliveryState.COMPLETE;
            case REVERSED, REFUND_DUE, REFUNDED -> true;
            case CLAIMED, RELEASED, SETTLING, FAILED, UNKNOWN, EXPIRED -> false;
        };
    }

    /** Lets go of the book behind. */
    @Override
    public void close() {
        close.run();
    }
}
