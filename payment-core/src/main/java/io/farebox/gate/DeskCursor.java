package io.farebox.gate;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * A place on a shelf: behind one payment. It holds whatever becomes of that payment.
 *
 * @param createdAt when the payment was first claimed
 * @param paymentId which one of those claimed in the same millisecond
 */
public record DeskCursor(Instant createdAt, String paymentId) {
    public static DeskCursor of(PaymentRecord row) {
        return new DeskCursor(row.createdAt(), row.claim().paymentId());
    }

    /** As it may stand in a URL. */
    public String text() {
        String plain = createdAt.toEpochMilli() + " " + paymentId;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads what {@link #text} wrote. @throws IllegalArgumentException if it is anything else */
    public static DeskCursor parse(String text) {
        String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 2);
        if (parts.length < 2) throw new IllegalArgumentException("no cursor");
        return new DeskCursor(Instant.ofEpochMilli(Long.parseLong(parts[0])), parts[1]);
    }
}
