package io.farebox.gate;

/**
 * The gate. A host uses it so:
 *
 * <ol>
 *   <li>{@link #decide} every request, on the caller's thread: it neither blocks nor throws.
 *   <li>An {@link Decision.Attempt} is {@link #admit admitted} where blocking is allowed.
 *   <li>A granted request runs the resource. Before its first byte, when its status is known, {@link #settle} it; only then
 *       may the answer go, its headers completed by {@link #completeAnswer}.
 *   <li>Afterwards tell how it ended: {@link #delivered} or {@link #brokenOff}. A request that ends before settlement, by an
 *       exception, a timeout or a lost client, is {@link #release released}.
 * </ol>
 *
 * <p>After a grant exactly one of {@code release}, {@code settle} with an unpaid outcome, {@code delivered} and
 * {@code brokenOff} ends it; further calls change nothing. Thread-safe.
 */
public final class PaymentGate {
    /** Decides what can be decided without asking anyone. Pure but for the clock; never blocks, never throws. */
    public Decision decide(GateRequest request) {
        throw new IllegalStateException();
    }

    /**
     * Checks, claims and, for routes that are paid upfront, settles. May block; never throws.
     *
     * @param bodyDigest SHA-256 of the request body in hexadecimal, the empty string for no body, null if too long to read
     */
    public Admission admit(Decision.Attempt attempt, @org.jspecify.annotations.Nullable String bodyDigest) {
        throw new IllegalStateException();
    }

    /**
     * Settles, now that the resource's status is known. Idempotent: a second call gives the first one's answer. May block for
     * the settle deadline and wait; never throws.
     */
    public Settlement settle(Grant grant, int status) {
        throw new IllegalStateException();
    }

    /** Completes the headers of a granted answer before it is committed: receipt, caching, CORS. */
    public void completeAnswer(Grant grant, AnswerHeaders headers) {
        throw new IllegalStateException();
    }

    /** The resource ended without an answer before settlement: nothing is charged. May block briefly; never throws. */
    public void release(Grant grant, String reason) {
        throw new IllegalStateException();
    }

    /** The answer ended as it should, or the client left after its first byte. Never throws. */
    public void delivered(Grant grant) {
        throw new IllegalStateException();
    }

    /** The answer broke off: what was paid for is owed. Never throws. */
    public void brokenOff(Grant grant, String reason) {
        throw new IllegalStateException();
    }

    /** Whether a request header must not reach the resource: payment headers and {@code X-Farebox-*}. */
    public static boolean isStripped(String headerName) {
        throw new IllegalStateException();
    }
}
