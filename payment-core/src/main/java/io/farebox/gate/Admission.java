package io.farebox.gate;

/** What became of an attempt. */
public sealed interface Admission {
    /** Run the resource, then {@link PaymentGate#settle settle}. */
    record Granted(Grant grant) implements Admission {}

    /** Answer this: 402, 409 or 412. */
    record Refused(GateResponse response, String reason) implements Admission {}

    /** Answer this: 503; something that is needed is down, or the outcome is unknown. */
    record Unavailable(GateResponse response, String reason) implements Admission {}
}
