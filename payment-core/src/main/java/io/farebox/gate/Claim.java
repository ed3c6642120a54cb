package io.farebox.gate;

/**
 * The right to change one row of the book.
 *
 * @param paymentId the row's id, opaque; also shown to the upstream
 * @param key the payment's identity
 * @param fence grows with every claim of the row; a transition with an older fence changes nothing
 */
public record Claim(String paymentId, String key, long fence) {}
