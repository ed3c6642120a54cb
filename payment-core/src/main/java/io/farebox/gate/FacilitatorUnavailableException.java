package io.farebox.gate;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A facilitator gave no usable answer. Carries no stack trace: it is an expected event, and its place is known. */
public final class FacilitatorUnavailableException extends RuntimeException {
    /** Whether the facilitator may have acted on the request. */
    public enum Reach {
        /** Certainly not: refused, name unknown, TLS failed, 429, circuit open. */
        NOT_REACHED,
        /** It may have: anything after the first byte was sent. */
        MAYBE_REACHED
    }

    private static final long serialVersionUID = 1;

    private final String facilitator;
    private final Reach reach;
    private final String reason;
    private final @Nullable Duration retryAfter;

    /**
     * @param reason fixed code such as {@code timeout} or {@code bad_answer}; never text from the facilitator
     * @param retryAfter what the facilitator asked for, already bounded
     */
    public FacilitatorUnavailableException(
            String facilitator, Reach reach, String reason, @Nullable Duration retryAfter) {
        super("facilitator " + facilitator + ": " + reason + " (" + reach + ")", null, false, false);
        this.facilitator = facilitator;
        this.reach = reach;
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    public String facilitator() {
        return facilitator;
    }

    public Reach reach() {
        return reach;
    }

    public String reason() {
        return reason;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
