package io.farebox.x402;

/** What a codec made of a payment header. */
public sealed interface HeaderReading {
    /** A well-formed payment. Well-formed is all that is known of it. */
    record Read(PaymentPayload payment) implements HeaderReading {}

    /**
     * Not a payment.
     *
     * @param reason fixed code, such as {@code invalid_payload}; never text from the header
     */
    record Malformed(String reason) implements HeaderReading {}
}
