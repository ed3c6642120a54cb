package io.farebox.outbox;

import org.jspecify.annotations.Nullable;

/**
 * A settlement that was taken on.
 *
 * @param key identity of the payment
 * @param digest what exactly was signed: one identity may be signed for two things
 * @param payload the request, as {@link io.farebox.x402.StoredPayment} writes it; null once it has ended
 * @param nonce of the transaction that it is in; null before there is one
 * @param transaction hash of the one that settled it or ended it; before that, of the last one sent; null if none was
 * @param reason why it was not settled; null otherwise
 */
public record Order(
        String key,
        Sender sender,
        String digest,
        @Nullable String payload,
        State state,
        @Nullable Long nonce,
        @Nullable String transaction,
        @Nullable String reason) {
    /** What became of it. */
    public enum State {
        /** Nobody has begun with it. */
        QUEUED,
        /** The sender has begun with it; nothing is sent. */
        TAKEN,
        /** In a transaction that is stored and may have been sent. */
        SENT,
        /** The chain shows it. */
        SETTLED,
        /** Its transaction came to an end without it. The authorization may still be good, and is public. */
        REVERTED,
        /** Nothing was sent for it, since it would have failed. */
        REFUSED,
        /** Nothing was sent for it in the time that there was. */
        WITHDRAWN;

        /** Whether nothing was sent, and nothing will be unless it is taken on again. */
        public boolean isUnsent() {
            return this == REFUSED || this == WITHDRAWN;
        }
    }
}
